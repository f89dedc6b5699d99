package dev.homeroom.coordinator.core;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What few grants have; the others share {@link #NONE}.
 *
 * @param lockDelayMillis how long nobody gets the resource after the grant ended without having been given back
 * @param metadata shown with the grant, in the order of its keys
 * @param provision the promise the grant hangs on; null once its session has shown that it knows of it
 */
public record Extras(
        long lockDelayMillis,
        Map<String, String> metadata,
        @Nullable Provision provision) {
    /** Nothing. */
    public static final Extras NONE = new Extras(0, Map.of(), null);

    /** Copies the map. */
    public Extras {
        metadata = metadata.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(metadata));
    }

    static Extras of(Terms terms) {
        return terms.lockDelayMillis() == 0 && terms.metadata().isEmpty()
                ? NONE
                : new Extras(terms.lockDelayMillis(), terms.metadata(), null);
    }

    Extras with(@Nullable Provision newProvision) {
        return newProvision == null && lockDelayMillis == 0 && metadata.isEmpty()
                ? NONE
                : new Extras(lockDelayMillis, metadata, newProvision);
    }
}

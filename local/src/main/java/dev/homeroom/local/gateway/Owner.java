package dev.homeroom.local.gateway;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The services behind the gateway. */
public enum Owner {
    COORDINATOR,
    QUEUE,
    METRICS,
    DASHBOARD;

    /** Its name in paths. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Owner> byId(String id) {
        return Stream.of(values()).filter(owner -> owner.id().equals(id)).findFirst();
    }
}

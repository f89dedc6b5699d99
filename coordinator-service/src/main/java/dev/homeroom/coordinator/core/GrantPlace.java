package dev.homeroom.coordinator.core;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A grant's key as an opaque text, to go on listing after it. Names contain no control character, so one separates. */
final class GrantPlace {
    private static final String SEPARATOR = "\u0000";

    private GrantPlace() {}

    static String encode(GrantKey key) {
        String text = String.join(SEPARATOR, key.kind().label(), key.name(), key.session(), key.holder());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Null when it is no such text. */
    static @Nullable GrantKey decode(String text) {
        try {
            String[] parts =
                    new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(SEPARATOR, -1);
            for (Kind kind : Kind.values()) {
                if (parts.length == 4 && kind.label().equals(parts[0])) {
                    return new GrantKey(kind, parts[1], parts[2], parts[3]);
                }
            }
            return null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}

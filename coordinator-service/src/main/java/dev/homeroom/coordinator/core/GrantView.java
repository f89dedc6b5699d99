package dev.homeroom.coordinator.core;

import java.util.Map;

/**
 * A grant at the time of an answer.
 *
 * @param metadata as given by the holder
 * @param remainingMillis until its deadline; a holder counts it from when it sent the request
 */
public record GrantView(
        Kind kind, String name, long token, Holder holder, long remainingMillis, Map<String, String> metadata) {
    /** Without metadata. */
    public GrantView(Kind kind, String name, long token, Holder holder, long remainingMillis) {
        this(kind, name, token, holder, remainingMillis, Map.of());
    }

    /** The same grant, answered again so many milliseconds later. */
    GrantView later(long millis) {
        return millis == 0
                ? this
                : new GrantView(kind, name, token, holder, Math.max(0, remainingMillis - millis), metadata);
    }
}

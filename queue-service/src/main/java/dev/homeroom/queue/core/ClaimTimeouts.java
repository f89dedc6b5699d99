package dev.homeroom.queue.core;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How long a claim lives that does not say so itself.
 *
 * @param otherwise of tasks of every type that has no time of its own, and of claims that may get several types
 * @param byType of those that have
 */
public record ClaimTimeouts(Duration otherwise, Map<String, Duration> byType) {
    /** Keeps a copy. */
    public ClaimTimeouts {
        byType = Map.copyOf(byType);
    }

    /** Of a claim that takes these types; empty: every type. */
    public Duration of(List<String> types) {
        return types.size() == 1 ? byType.getOrDefault(types.getFirst(), otherwise) : otherwise;
    }
}

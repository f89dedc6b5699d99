package dev.homeroom.queue.core;

import java.time.Duration;
import java.util.Map;

/**
 * Which policy of retries each type of task has.
 *
 * @param otherwise of every type that has none of its own
 * @param byType of those that have
 */
public record RetryPolicies(RetryPolicy otherwise, Map<String, RetryPolicy> byType) {
    /** Keeps a copy. */
    public RetryPolicies {
        byType = Map.copyOf(byType);
    }

    /** One policy for all. */
    public static RetryPolicies all(RetryPolicy policy) {
        return new RetryPolicies(policy, Map.of());
    }

    /** The backoff after an attempt at a task of this type; see {@link RetryPolicy#delay}. */
    public Duration delay(String type, int attempt, double spread) {
        return byType.getOrDefault(type, otherwise).delay(attempt, spread);
    }
}

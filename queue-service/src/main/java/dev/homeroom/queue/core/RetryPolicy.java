package dev.homeroom.queue.core;

import java.time.Duration;

/**
 * When a failed task is tried again: {@code base · 2^(attempt−1)}, at most {@code max}; half of it is certain, the other
 * half random, so that tasks that failed together do not come back together.
 *
 * @param base the backoff after the first attempt
 * @param max the longest backoff
 */
public record RetryPolicy(Duration base, Duration max) {
    /** Checks the bounds. */
    public RetryPolicy {
        if (base.isNegative() || base.compareTo(max) > 0) {
            throw new IllegalArgumentException("backoff must be between zero and " + max + ": " + base);
        }
    }

    /**
     * The backoff after an attempt. The finishing statement computes the same, for only it knows the attempt.
     *
     * @param attempt 1 for the first
     * @param spread 0 to 1
     */
    public Duration delay(int attempt, double spread) {
        double full = Math.min((double) max.toMillis(), base.toMillis() * Math.pow(2, Math.min(attempt, 30) - 1));
        return Duration.ofMillis(Math.round(full * (0.5 + spread / 2)));
    }
}

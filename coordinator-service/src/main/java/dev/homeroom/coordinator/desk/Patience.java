package dev.homeroom.coordinator.desk;

import dev.homeroom.coordinator.Refused;
import dev.homeroom.coordinator.core.Rejection;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How often and after which pauses a conflict is tried again (requirement R-L2): the first pause, doubled each time,
 * never over the longest. Milliseconds.
 *
 * @param maxRetries tries after the first, 0 to {@value #MOST_RETRIES}
 * @param initialBackoffMillis {@value #SHORTEST_MILLIS} to {@value #LONGEST_MILLIS}
 * @param maxBackoffMillis {@value #SHORTEST_MILLIS} to {@value #LONGEST_MILLIS}
 */
public record Patience(int maxRetries, long initialBackoffMillis, long maxBackoffMillis) {
    /** Seeds of the product: 1, 2, 4, 8, 16 s. */
    public static final Patience DEFAULT = new Patience(5, 1_000, 16_000);
    /** Ten of the longest pauses are ten minutes, like the longest wait. */
    public static final int MOST_RETRIES = 10;
    /** Shorter pauses are a flood. */
    public static final long SHORTEST_MILLIS = 10;
    /** Longer pauses are better made by the client. */
    public static final long LONGEST_MILLIS = 60_000;

    /**
     * With the seeds for what is absent.
     *
     * @throws Refused {@code INVALID} when something is out of bounds
     */
    public static Patience of(@Nullable Integer retries, @Nullable Long initialMillis, @Nullable Long maxMillis) {
        int tries = retries == null ? DEFAULT.maxRetries : retries;
        if (tries < 0 || tries > MOST_RETRIES) {
            throw wrong("retry.maxRetries: must be from 0 to " + MOST_RETRIES);
        }
        long initial = initialMillis == null ? DEFAULT.initialBackoffMillis : pause("initialBackoff", initialMillis);
        long most = maxMillis == null ? Math.max(initial, DEFAULT.maxBackoffMillis) : pause("maxBackoff", maxMillis);
        if (most < initial) {
            throw wrong("retry.maxBackoff: must not be shorter than retry.initialBackoff");
        }
        return new Patience(tries, initial, most);
    }

    private static long pause(String name, long millis) {
        if (millis < SHORTEST_MILLIS || millis > LONGEST_MILLIS) {
            throw wrong(
                    "retry." + name + ": must be from " + SHORTEST_MILLIS + " to " + LONGEST_MILLIS + " milliseconds");
        }
        return millis;
    }

    /** The pause before a retry, from 1. */
    long backoff(int retry) {
        LongUnaryOperator doubled = pause -> Math.min(maxBackoffMillis, pause * 2);
        long pause = initialBackoffMillis;
        for (int i = 1; i < retry; i++) {
            pause = doubled.applyAsLong(pause);
        }
        return pause;
    }

    private static Refused wrong(String detail) {
        return new Refused(Rejection.of(Rejection.Reason.INVALID, detail));
    }
}

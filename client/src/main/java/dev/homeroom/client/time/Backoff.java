package dev.homeroom.client.time;

import java.time.Duration;

/**
 * How long to wait between tries: the first pause, then the double each time, up to the longest. Pure and without jitter,
 * so that the schedule can be read and tested; callers that contend differ by when they began.
 *
 * @param initial before the first retry; positive
 * @param longest no pause is longer; at least {@code initial}, at most an hour
 * @param retries how many tries follow the first one; 0 to 1,000
 */
public record Backoff(Duration initial, Duration longest, int retries) {
    // First: the constants below are checked against them.
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int MOST_RETRIES = 1_000;

    /** Between tries for a resource that is held: 1, 2, 4, 8, 16 s (requirement R-L2). */
    public static final Backoff CONFLICT = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(16), 5);
    /**
     * Between repeats of a request without an answer: 0.1 s up to 2 s, 12 s in all. A change of leader takes under 2 s,
     * and the restart of a lone coordinator 3 to 10 s.
     */
    public static final Backoff NO_ANSWER = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2), 9);

    /** Checks the bounds. */
    public Backoff {
        if (!initial.isPositive()) {
            throw new IllegalArgumentException("The first pause must be positive, not " + initial + ".");
        }
        if (longest.compareTo(initial) < 0 || longest.compareTo(HOUR) > 0) {
            throw new IllegalArgumentException(
                    "The longest pause must be from the first one, " + initial + ", to an hour, not " + longest + ".");
        }
        if (retries < 0 || retries > MOST_RETRIES) {
            throw new IllegalArgumentException("There can be 0 to " + MOST_RETRIES + " retries, not " + retries + ".");
        }
    }

    /** Whether a retry of this number, from 1, is allowed. */
    public boolean allows(int retry) {
        return retry <= retries;
    }

    /** The pause before the retry of this number, from 1. */
    public Duration pause(int retry) {
        if (retry < 1) {
            throw new IllegalArgumentException("Retries count from 1, not " + retry + ".");
        }
        Duration pause = initial;
        for (int doubled = 1; doubled < retry && pause.compareTo(longest) < 0; doubled++) {
            pause = pause.multipliedBy(2);
        }
        return pause.compareTo(longest) > 0 ? longest : pause;
    }
}

package dev.homeroom.queue.core.order;

import java.time.Duration;
import java.time.Instant;

/**
 * Waiting raises a task: by one level each step, up to {@value #TOP}. There it shares with the urgent ones and nothing is
 * above it, so that nothing starves; a higher top would let old backlogs bar fresh urgent work altogether.
 *
 * @param stepMillis how long a task waits for one level, in milliseconds
 */
public record Ageing(long stepMillis) {
    /** The highest level, which is also the highest priority. */
    public static final int TOP = 9;

    /** With this step, of at least a millisecond. */
    public Ageing {
        if (stepMillis < 1) {
            throw new IllegalArgumentException("the ageing step must be at least 1 ms");
        }
    }

    /** With this step. */
    public static Ageing of(Duration step) {
        return new Ageing(step.toMillis());
    }

    /** The level of a task, 0 to {@value #TOP}; times in milliseconds since the epoch. */
    public int level(int priority, long dueMillis, long nowMillis) {
        long waited = nowMillis - dueMillis;
        return waited < stepMillis ? priority : (int) Math.min(TOP, priority + waited / stepMillis);
    }

    /** The level of a task. */
    public int level(int priority, Instant due, Instant now) {
        return level(priority, due.toEpochMilli(), now.toEpochMilli());
    }
}

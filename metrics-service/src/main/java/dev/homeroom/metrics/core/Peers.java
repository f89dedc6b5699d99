package dev.homeroom.metrics.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a class got on with an exercise up to the evening before: what a student's work on it is measured against.
 *
 * @param started students who tried it
 * @param solved those of them who succeeded
 * @param slow the time on task of which nine in ten of those who solved it needed at most as much; null when nobody has
 */
public record Peers(int started, int solved, @Nullable Duration slow) {
    /** Fewer students who started are no class to compare with. */
    public static final int FEWEST_STARTED = 10;

    /** Fewer students who solved it say nothing about how long it takes. */
    public static final int FEWEST_SOLVED = 5;

    /** The part of those who started that has solved it; 0 when too few started. */
    public double solvedShare() {
        return started < FEWEST_STARTED ? 0 : (double) solved / started;
    }
}

package dev.homeroom.metrics.core;

import java.util.Locale;

/**
 * How frustrated a student seems. A function of the score of a detector, 0 to 1: below 0.3 none, from 0.3 low, from 0.5
 * medium, from 0.75 high, from 0.9 critical. Each detector scales its score so that its plain rule just holds at 0.5. The
 * bounds are our own; the scorecard measures what they are worth.
 */
public enum Level {
    NONE(0),
    LOW(0.3),
    MEDIUM(0.5),
    HIGH(0.75),
    CRITICAL(0.9);

    private final double from;

    Level(double from) {
        this.from = from;
    }

    /** The highest level whose bound {@code score} reaches. */
    public static Level of(double score) {
        Level level = NONE;
        for (Level candidate : values()) {
            if (score >= candidate.from) {
                level = candidate;
            }
        }
        return level;
    }

    /** The score from which it holds. */
    public double from() {
        return from;
    }

    /** The word on the wire. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

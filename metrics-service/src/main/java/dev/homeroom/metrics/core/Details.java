package dev.homeroom.metrics.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an event tells beyond kind, target, skill and outcome, as far as a detector can use it. All of it is optional;
 * {@code docs/metrics-events.md} has the names under which apps send it. Bounded, and free of text: what an app calls an
 * error is kept as a hash.
 *
 * @param x of a click, from the left edge of the page, in CSS pixels
 * @param y of a click, from its upper edge, in CSS pixels
 * @param clicks how many clicks the event stands for, 1 to {@value #MOST_CLICKS}
 * @param expectsRepeats whether the target is made to be clicked again and again: a stepper, a game, "next"
 * @param dead whether nothing reacted to a click for as long as the app waited
 * @param reaction how long after a click something reacted
 * @param error hash of the error: errors of the same hash are the same error
 * @param hintDepth which hint of its exercise it is, 1 for the first
 * @param bottomOut whether the hint gives the answer away
 * @param duration how long what is told of took, at most {@link #LONGEST}
 * @param value the figure of the event, in whatever unit
 */
public record Details(
        @Nullable Integer x,
        @Nullable Integer y,
        @Nullable Integer clicks,
        @Nullable Boolean expectsRepeats,
        @Nullable Boolean dead,
        @Nullable Duration reaction,
        @Nullable String error,
        @Nullable Integer hintDepth,
        @Nullable Boolean bottomOut,
        @Nullable Duration duration,
        @Nullable Double value) {
    /** More clicks in one event than this count as this many. */
    public static final int MOST_CLICKS = 100;

    /** Longer durations are no stretch of work: they are taken for not told. */
    public static final Duration LONGEST = Duration.ofHours(24);

    /** Nothing told. */
    public static final Details NONE = new Details(null, null, null, null, null, null, null, null, null, null, null);

    /** How many clicks a click event stands for: one, unless it says otherwise. */
    public int clickCount() {
        return clicks == null ? 1 : clicks;
    }

    /** Whether the target is known to be made for repeated clicks. */
    public boolean forRepeats() {
        return Boolean.TRUE.equals(expectsRepeats);
    }

    /** Whether nothing reacted to the click, or not within {@code limit}. */
    public boolean deadAfter(Duration limit) {
        return Boolean.TRUE.equals(dead) || (reaction != null && reaction.compareTo(limit) >= 0);
    }

    /** Whether the hint is known to give the answer away. */
    public boolean givesAnswer() {
        return Boolean.TRUE.equals(bottomOut);
    }
}

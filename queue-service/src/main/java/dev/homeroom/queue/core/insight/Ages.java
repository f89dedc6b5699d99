package dev.homeroom.queue.core.insight;

import java.time.Duration;

/** Durations as people say them. */
public final class Ages {
    private Ages() {}

    /** Such as {@code 12s ago}; see {@link #span}. */
    public static String ago(Duration age) {
        return span(age) + " ago";
    }

    /** Seconds below two minutes, minutes below two hours, hours below two days, then days; what is negative counts as 0. */
    public static String span(Duration span) {
        var positive = span.isNegative() ? Duration.ZERO : span;
        if (positive.toSeconds() < 120) {
            return positive.toSeconds() + "s";
        }
        if (positive.toMinutes() < 120) {
            return positive.toMinutes() + "m";
        }
        return positive.toHours() < 48 ? positive.toHours() + "h" : positive.toDays() + "d";
    }
}

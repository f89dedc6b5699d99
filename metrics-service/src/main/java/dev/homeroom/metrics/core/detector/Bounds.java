package dev.homeroom.metrics.core.detector;

import java.time.Duration;

/** Checks thresholds; says which one is out of bounds, in words for whoever set it. */
final class Bounds {
    private Bounds() {}

    static void within(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException("%s: must be %s to %s".formatted(name, plain(least), plain(most)));
        }
    }

    static void within(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("%s: must be %s to %s".formatted(name, least, most));
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? String.valueOf((long) value) : String.valueOf(value);
    }
}

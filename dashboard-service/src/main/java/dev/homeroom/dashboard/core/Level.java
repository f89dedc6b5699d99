package dev.homeroom.dashboard.core;

import java.util.Locale;

/** How frustrated a student is, in rising order. */
public enum Level {
    NONE,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    /** The word that events and answers carry. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The level that a word names.
     *
     * @throws IllegalArgumentException when no level has this word
     */
    public static Level of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** The higher of the two. */
    public Level max(Level other) {
        return compareTo(other) >= 0 ? this : other;
    }
}

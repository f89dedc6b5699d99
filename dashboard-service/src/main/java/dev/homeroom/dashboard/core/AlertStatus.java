package dev.homeroom.dashboard.core;

import java.util.Locale;

/** Where an alert is in its life. */
public enum AlertStatus {
    /** It waits for a teacher. */
    OPEN,
    /** A teacher has seen it. */
    ACKNOWLEDGED,
    /** A teacher wants to hear of it later. */
    SNOOZED,
    /** It is over: the student recovered, a teacher helped, or its episodes were retracted. */
    RESOLVED,
    /** A teacher said that it was wrong. */
    DISMISSED;

    /** Whether the trouble still asks for attention, now or later. */
    public boolean active() {
        return this == OPEN || this == ACKNOWLEDGED || this == SNOOZED;
    }

    /** The word that events, rows and answers carry. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The status that a word names.
     *
     * @throws IllegalArgumentException when no status has this word
     */
    public static AlertStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}

package dev.homeroom.dashboard.core;

import java.util.Locale;

/** Where an episode is in its life. */
public enum EpisodeStatus {
    /** It goes on. */
    OPEN,
    /** It is over. */
    CLOSED,
    /** It never was: later input took its evidence away. */
    RETRACTED;

    /** The word that events and rows carry. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The status that a word names.
     *
     * @throws IllegalArgumentException when no status has this word
     */
    public static EpisodeStatus of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}

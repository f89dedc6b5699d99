package dev.homeroom.dashboard.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** What came of an intervention, as far as the episodes tell. */
public enum Outcome {
    /** The trouble that was there is over, and it ended within {@link #WINDOW}. */
    IMPROVED,
    /** Some of it went on for longer. */
    UNCHANGED;

    /**
     * How soon after a teacher's help its effect is looked for: long enough for a few attempts at an exercise, short
     * enough that the lesson is still the same. A choice of ours; no study gives the figure.
     */
    public static final Duration WINDOW = Duration.ofMinutes(15);

    /**
     * What came of it; empty while unknown: when no trouble was seen at the time, or when some goes on and the window
     * is not over. A teacher's click on the alert plays no part, only what the student did afterwards.
     *
     * @param at when the teacher helped
     * @param episodes of the student in this classroom, at their highest revision
     * @param now the present
     */
    public static Optional<Outcome> of(Instant at, Collection<Episode> episodes, Instant now) {
        var there = episodes.stream().filter(e -> wasThere(e, at)).toList();
        if (there.isEmpty()) {
            return Optional.empty();
        }
        var deadline = at.plus(WINDOW);
        if (there.stream().allMatch(e -> endedBy(e, deadline))) {
            return Optional.of(IMPROVED);
        }
        return now.isAfter(deadline) ? Optional.of(UNCHANGED) : Optional.empty();
    }

    /** The word that answers carry. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    private static boolean wasThere(Episode episode, Instant at) {
        return episode.status() != EpisodeStatus.RETRACTED
                && !episode.startedAt().isAfter(at)
                && (episode.endedAt() == null || episode.endedAt().isAfter(at));
    }

    private static boolean endedBy(Episode episode, Instant deadline) {
        return episode.status() == EpisodeStatus.CLOSED
                && episode.endedAt() != null
                && !episode.endedAt().isAfter(deadline);
    }
}

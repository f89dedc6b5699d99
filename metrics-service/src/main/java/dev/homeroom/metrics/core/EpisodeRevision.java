package dev.homeroom.metrics.core;

import java.time.Instant;
import java.util.List;

/**
 * Something to tell of an episode.
 *
 * @param seat whose it is
 * @param revision 1 for the first of the episode, then without a hole
 * @param episode as it is now
 * @param causedAt when the edge received the event that caused the revision; of a silence, when it was noticed
 * @param open what is open of the student in all apps after it, by which the student's level goes
 */
public record EpisodeRevision(Seat seat, long revision, Episode episode, Instant causedAt, List<Episode> open) {
    public EpisodeRevision {
        open = List.copyOf(open);
    }

    EpisodeRevision among(List<Episode> opened) {
        return new EpisodeRevision(seat, revision, episode, causedAt, opened);
    }
}

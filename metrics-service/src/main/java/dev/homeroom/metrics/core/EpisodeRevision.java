package dev.homeroom.metrics.core;

import java.time.Instant;

/**
 * Something to tell of an episode.
 *
 * @param seat whose it is
 * @param revision 1 for the first of the episode, then without a hole
 * @param episode as it is now
 * @param causedAt when the edge received the event that caused the revision; of a silence, when it was noticed
 */
public record EpisodeRevision(Seat seat, long revision, Episode episode, Instant causedAt) {}

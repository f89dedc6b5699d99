package dev.homeroom.dashboard.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One revision of an episode of frustration; the highest revision is the truth.
 *
 * @param id stable for the episode
 * @param revision from 1
 * @param status whether it goes on
 * @param student who
 * @param app in which app
 * @param detector which rule saw it
 * @param target the element or exercise, where the detector is about one
 * @param level how bad it is, or was
 * @param startedAt event time of the first evidence
 * @param endedAt event time of the end, once it is over
 * @param evidence why
 * @param causedAt when the edge received what caused this revision
 */
public record Episode(
        String id,
        long revision,
        EpisodeStatus status,
        String student,
        String app,
        String detector,
        @Nullable String target,
        Level level,
        Instant startedAt,
        @Nullable Instant endedAt,
        Trace evidence,
        Instant causedAt) {

    /** Whether it goes on. */
    public boolean open() {
        return status == EpisodeStatus.OPEN;
    }
}

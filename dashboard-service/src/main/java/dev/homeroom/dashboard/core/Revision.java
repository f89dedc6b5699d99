package dev.homeroom.dashboard.core;

import org.jspecify.annotations.Nullable;

/**
 * What metrics-service told of an episode.
 *
 * @param episode as it is with this revision
 * @param standing how the student stands with it, all open episodes weighed; null where it was not told, and then the
 *     episodes' own levels speak
 */
public record Revision(Episode episode, @Nullable Standing standing) {
    /** A revision that does not tell how the student stands. */
    public static Revision of(Episode episode) {
        return new Revision(episode, null);
    }
}

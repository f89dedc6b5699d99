package dev.homeroom.metrics.scorecard;

import java.time.Instant;
import java.util.List;

/**
 * What the service would have said of a student, submission by submission.
 *
 * @param moments one for each snapshot
 * @param low the outcome
 * @param half how many moments are the first half
 */
record Trace(List<Moment> moments, boolean low, int half) {
    /**
     * What was said after a submission.
     *
     * @param at when
     * @param readings of the detectors that say something
     * @param opened the places of the detectors that opened an episode now
     */
    record Moment(Instant at, List<Reading> readings, List<Integer> opened) {}

    /** The moments of the first half, or all of them. */
    List<Moment> moments(Part part) {
        return part == Part.ALL ? moments : moments.subList(0, half);
    }
}

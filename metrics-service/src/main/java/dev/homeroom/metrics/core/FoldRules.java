package dev.homeroom.metrics.core;

import dev.homeroom.metrics.core.detector.Detector;
import java.time.Duration;
import java.util.List;

/**
 * The rules of the fold that are the same for all detectors.
 *
 * @param detectors in use; none when detection is switched off
 * @param threshold the score from which an episode opens, 0 to 1; lower is more sensitive
 * @param hysteresis how far below {@code threshold} the score must fall for the student to count as recovered
 * @param coolDown how long after an episode the same detector and subject stay quiet, in event time
 * @param grace how far behind the latest event of a seat an event may come and still be folded in its place
 * @param held the most events of a seat that are held within the grace; more shorten it
 * @param tracks the most subjects remembered of a seat, of all detectors together
 */
public record FoldRules(
        List<Detector<?>> detectors,
        double threshold,
        double hysteresis,
        Duration coolDown,
        Duration grace,
        int held,
        int tracks) {
    /** Apps of a student in a classroom that are remembered; of more, the one not heard of for longest is forgotten. */
    public static final int MAX_LANES = 16;

    public FoldRules {
        detectors = List.copyOf(detectors);
        if (threshold <= 0 || threshold > 1 || hysteresis < 0 || held < 1 || tracks < 1) {
            throw new IllegalArgumentException("fold rules out of range");
        }
    }

    /** The rules as shipped: what the service does where no setting and no tuning says otherwise. */
    public static FoldRules standard() {
        FoldRules frame = new FoldRules(List.of(), 0.5, 0.2, Duration.ofMinutes(5), Duration.ofSeconds(10), 500, 96);
        return Tuning.applied(frame, List.of());
    }
}

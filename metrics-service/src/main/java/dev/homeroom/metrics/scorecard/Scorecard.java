package dev.homeroom.metrics.scorecard;

import java.util.List;
import java.util.SequencedMap;

/**
 * What the detectors and the level are worth on labelled homework.
 *
 * @param homeworks that were replayed
 * @param level each homework scored with weights that never saw it
 * @param shipped the level with the weights of the service, which were chosen with the reference data in view
 * @param detectors with their thresholds as shipped
 * @param notMeasured detectors of which these data tell nothing
 */
public record Scorecard(
        List<Facts> homeworks, Card level, Card shipped, List<Card> detectors, List<String> notMeasured) {
    /**
     * A homework.
     *
     * @param name such as {@code hw03}
     * @param students with a grade
     * @param low those with a low one
     * @param snapshots of all students
     * @param hours in which somebody worked
     * @param auc of the level, with weights that never saw it
     * @param aucFirstHalf the same by the first half
     * @param weights the detectors' weights, learnt from the other homeworks
     */
    public record Facts(
            String name,
            int students,
            int low,
            int snapshots,
            long hours,
            double auc,
            double aucFirstHalf,
            SequencedMap<String, Double> weights) {}
}

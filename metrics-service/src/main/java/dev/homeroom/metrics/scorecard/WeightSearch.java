package dev.homeroom.metrics.scorecard;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Looks for the weights of the detectors in the level that tell the outcome best by the first half of the work. From full weights,
 * one detector after the other takes the best of {@link #CHOICES}, until a round changes nothing. Few choices, on purpose: three
 * homeworks would not bear more.
 */
final class WeightSearch {
    /** The weights a detector may have. */
    static final List<Double> CHOICES = List.of(1.0, 0.6, 0.3, 0.1);

    /** Less than this is no improvement. */
    private static final double WORTH = 1e-4;

    private static final int ROUNDS = 5;

    private WeightSearch() {}

    /**
     * The best weights by these homeworks; full weights when there are none to learn from.
     *
     * @param speaks for each detector whether it says anything; the others keep full weight
     */
    static LevelMeasure best(List<Boolean> speaks, List<List<Trace>> homeworks) {
        List<Double> weights = new ArrayList<>(Collections.nCopies(speaks.size(), 1.0));
        double reached = homeworks.isEmpty() ? 1 : worth(weights, homeworks);
        for (int round = 0; round < ROUNDS && !homeworks.isEmpty(); round++) {
            double before = reached;
            for (int i = 0; i < speaks.size(); i++) {
                reached = speaks.get(i) ? improve(weights, i, reached, homeworks) : reached;
            }
            if (reached <= before) {
                break;
            }
        }
        return new LevelMeasure(weights);
    }

    private static double improve(List<Double> weights, int detector, double reached, List<List<Trace>> homeworks) {
        double best = reached;
        double kept = weights.get(detector);
        for (double choice : CHOICES) {
            weights.set(detector, choice);
            double worth = worth(weights, homeworks);
            if (worth > best + WORTH) {
                best = worth;
                kept = choice;
            }
        }
        weights.set(detector, kept);
        return best;
    }

    private static double worth(List<Double> weights, List<List<Trace>> homeworks) {
        LevelMeasure level = new LevelMeasure(weights);
        return Ranking.meanAuc(homeworks.stream()
                .map(traces -> Ranking.of(traces, trace -> level.score(trace, Part.FIRST_HALF)))
                .toList());
    }
}

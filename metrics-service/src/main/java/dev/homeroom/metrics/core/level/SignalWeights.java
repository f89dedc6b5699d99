package dev.homeroom.metrics.core.level;

import java.util.Map;

/**
 * The weight of each detector's signal in the level of a student: the most it can say alone. 1 unless the scorecard, in which each
 * homework is scored with weights learnt from the others, found it worth less ({@code docs/metrics-scorecard.md}); what it cannot
 * measure (clicks, hints, silence) or saw too rarely is not held against a detector. No weight is below 0.4, so that a signal
 * that is sure shows as {@link dev.homeroom.metrics.core.Level#LOW} at least. SQL has the same: {@code metrics.signal_weight}.
 */
public final class SignalWeights {
    /** The weight of a detector of which nothing is known to its disadvantage. */
    public static final double FULL = 1.0;

    private static final Map<String, Double> LESS = Map.of(
            "repeated-errors", 0.6,
            "struggle", 0.4,
            "wheel-spinning", 0.4,
            "knowledge-tracing", 0.4,
            "time-on-task", 0.4);

    private SignalWeights() {}

    /** The weight of the detector of that name, 0.4 to 1. */
    public static double of(String detector) {
        return LESS.getOrDefault(detector, FULL);
    }
}

package dev.homeroom.metrics.core.detector;

/** Shared scales of scores. */
final class Scores {
    private Scores() {}

    /**
     * The score of {@code count} where {@code rule} of them hold the plain rule: {@code 1 - 2^(-count / rule)}. So 0.5 at
     * the rule, 0.75 at twice as many, and each further one weighs less.
     */
    static double rising(double count, double rule) {
        return 1 - Math.pow(2, -count / rule);
    }
}

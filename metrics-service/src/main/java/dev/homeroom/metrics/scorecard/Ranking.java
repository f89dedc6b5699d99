package dev.homeroom.metrics.scorecard;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/** The students of a homework by a score, beside the outcome. Immutable. */
final class Ranking {
    private static final int REPLICATES = 1_000;
    private static final double TAIL = 0.025;

    /** From the lowest score to the highest. */
    private final List<Ranked> students;

    /**
     * A student.
     *
     * @param score higher for more struggle
     * @param low the outcome
     */
    record Ranked(double score, boolean low) {}

    Ranking(List<Ranked> students) {
        this.students = students.stream()
                .sorted(Comparator.comparingDouble(Ranked::score))
                .toList();
    }

    static Ranking of(List<Trace> traces, ToDoubleFunction<Trace> score) {
        return new Ranking(traces.stream()
                .map(trace -> new Ranked(score.applyAsDouble(trace), trace.low()))
                .toList());
    }

    /**
     * The area under the receiver operating characteristic: the probability that a random student with a low outcome is ranked above a
     * random other one, ties by half (Mann-Whitney). NaN when all have the same outcome.
     */
    double auc() {
        int[] once = new int[students.size()];
        Arrays.fill(once, 1);
        return auc(once);
    }

    /** The same with each student counted as often as told. */
    private double auc(int[] times) {
        double above = 0;
        long low = 0;
        long others = 0;
        for (int i = 0; i < times.length; ) {
            long tiedLow = 0;
            long tiedOthers = 0;
            double score = students.get(i).score();
            for (; i < times.length && students.get(i).score() == score; i++) {
                tiedLow += students.get(i).low() ? times[i] : 0;
                tiedOthers += students.get(i).low() ? 0 : times[i];
            }
            above += tiedLow * (others + tiedOthers / 2.0);
            low += tiedLow;
            others += tiedOthers;
        }
        return above / ((double) low * others);
    }

    private double drawn(Random random) {
        int[] times = new int[students.size()];
        for (int i = 0; i < times.length; i++) {
            times[random.nextInt(times.length)]++;
        }
        return auc(times);
    }

    /** The mean of the homeworks' own areas: pooled, they would only tell which homework was hard. */
    static double meanAuc(List<Ranking> homeworks) {
        return homeworks.stream().mapToDouble(Ranking::auc).average().orElse(Double.NaN);
    }

    /**
     * The 95 % interval of {@link #meanAuc} by the percentile bootstrap: students drawn anew within each homework, 1000 times. The draws
     * are seeded: the same data give the same interval.
     */
    static Interval interval(List<Ranking> homeworks) {
        Random random = new Random(20_201_004);
        double[] means = new double[REPLICATES];
        for (int i = 0; i < REPLICATES; i++) {
            means[i] = homeworks.stream()
                    .mapToDouble(homework -> homework.drawn(random))
                    .average()
                    .orElse(Double.NaN);
        }
        Arrays.sort(means);
        int tail = (int) Math.round(TAIL * REPLICATES);
        return new Interval(means[tail], means[REPLICATES - 1 - tail]);
    }
}

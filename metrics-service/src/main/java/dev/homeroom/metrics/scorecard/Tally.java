package dev.homeroom.metrics.scorecard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Counts alerts, homework by homework. Not safe for several threads. */
final class Tally {
    private final List<Double> precisions = new ArrayList<>();
    private final List<Double> recalls = new ArrayList<>();
    private final List<Double> rates = new ArrayList<>();
    private final List<Duration> firsts = new ArrayList<>();

    void homework(List<Trace> traces, Function<Trace, Alerts> alerts, long hours) {
        int alerted = 0;
        int right = 0;
        int low = 0;
        int count = 0;
        for (Trace trace : traces) {
            Alerts of = alerts.apply(trace);
            count += of.count();
            low += trace.low() ? 1 : 0;
            if (of.first() != null) {
                alerted++;
                right += trace.low() ? 1 : 0;
                firsts.add(of.first());
            }
        }
        if (alerted > 0) {
            precisions.add((double) right / alerted);
        }
        recalls.add((double) right / low);
        rates.add((double) count / hours);
    }

    /** The mean over the homeworks with an alert. */
    @Nullable
    Double precision() {
        return precisions.isEmpty() ? null : (Double) mean(precisions);
    }

    double recall() {
        return mean(recalls);
    }

    double alertsPerHour() {
        return mean(rates);
    }

    /** Median seconds, over the alerted students of all homeworks. */
    @Nullable
    Double firstAlert() {
        firsts.sort(Duration::compareTo);
        return firsts.isEmpty()
                ? null
                : (Double) (double) firsts.get(firsts.size() / 2).toSeconds();
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }
}

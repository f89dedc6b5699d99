package dev.homeroom.metrics.scorecard;

import dev.homeroom.metrics.core.Level;
import dev.homeroom.metrics.core.level.OpenSignal;
import dev.homeroom.metrics.core.level.StudentLevel;
import java.util.ArrayList;
import java.util.List;

/**
 * The level of the service with the detectors weighted so.
 *
 * @param weights by the places of the detectors, each 0 to 1
 */
record LevelMeasure(List<Double> weights) {
    LevelMeasure {
        weights = List.copyOf(weights);
    }

    /**
     * How a student is ranked: the mean strength over the submissions, from all that the detectors say, whatever the threshold. So the
     * ranking, like that of a single detector, does not depend on where the line for alerts is drawn.
     */
    double score(Trace trace, Part part) {
        List<Trace.Moment> moments = trace.moments(part);
        double sum = 0;
        for (Trace.Moment moment : moments) {
            List<OpenSignal> signals = new ArrayList<>(moment.readings().size());
            for (Reading reading : moment.readings()) {
                signals.add(new OpenSignal(reading.score(), weights.get(reading.detector()), reading.lasting()));
            }
            sum += StudentLevel.strength(signals);
        }
        return sum / moments.size();
    }

    /** The alerts of a student: each rise of the level, as teachers see it, to {@link Level#MEDIUM} from below. */
    Alerts alerts(Trace trace) {
        Alerts alerts = Alerts.NONE;
        Level level = Level.NONE;
        for (Trace.Moment moment : trace.moments()) {
            Level before = level;
            level = StudentLevel.of(open(moment), before);
            if (before.compareTo(Level.MEDIUM) < 0 && level.compareTo(Level.MEDIUM) >= 0) {
                alerts = alerts.and(trace, moment);
            }
        }
        return alerts;
    }

    private List<OpenSignal> open(Trace.Moment moment) {
        return moment.readings().stream()
                .filter(reading -> reading.episode() > 0)
                .map(reading -> new OpenSignal(reading.episode(), weights.get(reading.detector()), reading.lasting()))
                .toList();
    }
}

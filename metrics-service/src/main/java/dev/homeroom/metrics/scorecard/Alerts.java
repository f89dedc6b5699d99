package dev.homeroom.metrics.scorecard;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The alerts about a student.
 *
 * @param count how many
 * @param first from the first submission to the first of them; null when there is none
 */
record Alerts(int count, @Nullable Duration first) {
    static final Alerts NONE = new Alerts(0, null);

    Alerts and(Trace trace, Trace.Moment moment) {
        Duration since = Duration.between(trace.moments().getFirst().at(), moment.at());
        return new Alerts(count + 1, first == null ? since : first);
    }

    /** The episodes that the detector at that place opened. */
    static Alerts of(Trace trace, int detector) {
        Alerts alerts = NONE;
        for (Trace.Moment moment : trace.moments()) {
            for (int opened : moment.opened()) {
                alerts = opened == detector ? alerts.and(trace, moment) : alerts;
            }
        }
        return alerts;
    }
}

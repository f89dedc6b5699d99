package dev.homeroom.coordinator.sim;

import dev.homeroom.coordinator.core.Change;
import java.util.HashSet;
import java.util.Set;

/** Grants begin only on a lease that runs, and none outlives its session's incarnation (R-S4, R-L1). */
final class NoGrantWithoutLiveLease extends Invariant {
    @Override
    void change(Step step, Change change, Chart chart) {
        if (change instanceof Change.OfGrant grant && grant.reason() == null) {
            Chart.Life life = chart.life(grant.session());
            must(
                    life != null && life.incarnation() == grant.incarnation(),
                    grant + " is of an incarnation that does not live");
            if (life != null) {
                long since = chart.led() - life.beatLed();
                must(
                        since < life.lastsNanos() * (1 + 2 * Clock.DRIFT) + Schedule.MILLI,
                        grant + " on a lease that is over: " + life + ", led " + chart.led());
            }
        }
    }

    @Override
    void step(Step step, Chart chart) {
        for (Chart.Held held : chart.held().values()) {
            Chart.Life life = chart.life(held.session());
            must(life != null && life.incarnation() == held.incarnation(), held + " outlives its session");
        }
        Set<Long> tokens = new HashSet<>();
        step.state().grants(grant -> tokens.add(grant.token()));
        must(
                tokens.equals(chart.held().keySet()),
                "held: " + tokens + ", but told: " + chart.held().keySet());
    }
}

package dev.homeroom.coordinator.sim;

import dev.homeroom.coordinator.core.Change;
import dev.homeroom.coordinator.core.EndReason;

/** In true time, no session fails before its lease is over and no grant expires before its deadline (R-S4, R-L1). */
final class NoEndBeforeTheDeadline extends Invariant {
    @Override
    void change(Step step, Change change, Chart chart) {
        long now = step.entry().stampedAt();
        switch (change) {
            case Change.OfSession session
            when session.reason() == EndReason.SESSION_FAILED -> {
                Chart.Life life = chart.life(session.session());
                must(
                        life != null && Chart.passed(life.lastsNanos(), life.beatAt(), now),
                        session + " failed before its lease was over: " + life + ", now " + now);
            }
            case Change.OfGrant grant
            when grant.reason() == EndReason.EXPIRED -> {
                Chart.Held held = chart.held().get(grant.token());
                must(
                        held != null && Chart.passed(held.ttlNanos(), held.from(), now),
                        grant + " expired before its deadline: " + held + ", now " + now);
            }
            default -> {}
        }
    }
}

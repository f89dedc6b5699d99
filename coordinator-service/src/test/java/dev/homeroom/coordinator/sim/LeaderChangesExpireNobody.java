package dev.homeroom.coordinator.sim;

import dev.homeroom.coordinator.core.Change;
import dev.homeroom.coordinator.core.EndReason;

/** Time without a leader counts for nobody: neither a lease nor a grant runs out in it (R-S5). */
final class LeaderChangesExpireNobody extends Invariant {
    @Override
    void change(Step step, Change change, Chart chart) {
        switch (change) {
            case Change.OfSession session
            when session.reason() == EndReason.SESSION_FAILED -> {
                Chart.Life life = chart.life(session.session());
                must(
                        life != null && Chart.passed(life.lastsNanos(), life.beatLed(), chart.led()),
                        session + " failed of time without a leader: " + life + ", led " + chart.led());
            }
            case Change.OfGrant grant
            when grant.reason() == EndReason.EXPIRED -> {
                Chart.Held held = chart.held().get(grant.token());
                must(
                        held != null && Chart.passed(held.ttlNanos(), held.fromLed(), chart.led()),
                        grant + " expired of time without a leader: " + held + ", led " + chart.led());
            }
            default -> {}
        }
    }
}

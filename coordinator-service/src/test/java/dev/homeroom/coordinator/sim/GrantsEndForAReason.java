package dev.homeroom.coordinator.sim;

import dev.homeroom.coordinator.core.Bounds;
import dev.homeroom.coordinator.core.Change;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.EndReason;
import dev.homeroom.coordinator.core.Strategy;
import dev.homeroom.coordinator.core.TaskOutcome;

/**
 * No grant is lost while lease and ttl live: each end has its reason in the same batch, and ends what is held (R-S5, R-L9).
 * Expiry is looked at by other invariants.
 */
final class GrantsEndForAReason extends Invariant {
    @Override
    void change(Step step, Change change, Chart chart) {
        if (!(change instanceof Change.OfGrant grant)) {
            return;
        }
        EndReason reason = grant.reason();
        if (reason == null) {
            return;
        }
        must(chart.held().containsKey(grant.token()), grant + " ends what is not held");
        boolean asked = switch (reason) {
            case RELEASED, CANCELLED -> step.batch().commands().stream().anyMatch(command -> gives(command, grant));
            case SESSION_RELEASED, SESSION_FAILED, SUPERSEDED -> chart.life(grant.session()) == null;
            case STOLEN ->
                step.batch().commands().stream().anyMatch(command -> takes(command, grant, Strategy.STEAL_STALE));
            case FORCED ->
                step.batch().commands().stream().anyMatch(command -> takes(command, grant, Strategy.FORCE_ACQUIRE));
            case UNCONFIRMED -> cancelled(step, grant) || unheard(chart, grant.token());
            case EXPIRED -> true;
        };
        must(asked, "nobody asked for it: " + grant);
    }

    private static boolean gives(Command command, Change.OfGrant grant) {
        return switch (command) {
            case Command.Release release ->
                release.token() == grant.token()
                        && release.session().equals(grant.session())
                        && release.incarnation() == grant.incarnation();
            case Command.ReleaseTasks release ->
                release.holds().stream()
                        .anyMatch(hold -> hold.token() == grant.token()
                                && hold.session().equals(grant.session())
                                && (hold.outcome() == TaskOutcome.CANCELLED)
                                        == (grant.reason() == EndReason.CANCELLED));
            default -> false;
        };
    }

    private static boolean takes(Command command, Change.OfGrant grant, Strategy strategy) {
        return switch (command) {
            case Command.Acquire acquire ->
                acquire.terms().strategy() == strategy
                        && acquire.kind() == grant.kind()
                        && acquire.name().equals(grant.name());
            case Command.ForceRelease force ->
                strategy == Strategy.FORCE_ACQUIRE
                        && force.kind() == grant.kind()
                        && force.name().equals(grant.name());
            default -> false;
        };
    }

    private static boolean cancelled(Step step, Change.OfGrant grant) {
        return step.batch().commands().stream()
                .anyMatch(command -> command instanceof Command.CancelWait cancel
                        && cancel.session().equals(grant.session())
                        && cancel.incarnation() == grant.incarnation());
    }

    private static boolean unheard(Chart chart, long token) {
        Chart.Held held = chart.held().get(token);
        return held != null && Chart.passed(Bounds.PROVISIONAL_MILLIS * Schedule.MILLI, held.fromLed(), chart.led());
    }
}

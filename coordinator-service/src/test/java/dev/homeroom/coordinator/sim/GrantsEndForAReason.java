package dev.homeroom.coordinator.sim;

import dev.homeroom.coordinator.core.Change;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.EndReason;

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
            case RELEASED -> step.batch().commands().stream().anyMatch(command -> gives(command, grant));
            case SESSION_RELEASED, SESSION_FAILED, SUPERSEDED -> chart.life(grant.session()) == null;
            default -> true;
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
                        .anyMatch(hold ->
                                hold.token() == grant.token() && hold.session().equals(grant.session()));
            default -> false;
        };
    }
}

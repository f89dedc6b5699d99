package dev.homeroom.coordinator.core;

import dev.homeroom.coordinator.core.Rejection.Reason;

/** Reads the trail of changes, newest first: what waits for publication, and the last that were published (R-L9). */
final class Audit {
    private final State state;

    Audit(State state) {
        this.state = state;
    }

    Decision read(Command.ReadAudit read) {
        String wrong = Checks.range("limit", read.limit(), 1, Bounds.PAGE);
        if (wrong != null) {
            return Decision.reject(Reason.INVALID, wrong);
        }
        Page<Published, Cursor> page = new Page<>(read.limit());
        state.changes.scanDown(
                read.before(),
                (at, change) -> page.examine(at, wanted(read, change) ? new Published(at, change) : null));
        return Decision.of(new Answer.AuditPage(page.items(), page.next()));
    }

    private static boolean wanted(Command.ReadAudit read, Change change) {
        return switch (change) {
            case Change.OfSession session ->
                read.kind() == null
                        && read.name().isEmpty()
                        && (read.session().isEmpty() || read.session().equals(session.session()));
            case Change.OfGrant grant ->
                (read.kind() == null || read.kind() == grant.kind())
                        && (read.name().isEmpty() || read.name().equals(grant.name()))
                        && (read.session().isEmpty() || read.session().equals(grant.session()));
        };
    }
}

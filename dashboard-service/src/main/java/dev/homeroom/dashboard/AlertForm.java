package dev.homeroom.dashboard;

import dev.homeroom.contracts.alert.Alert;
import dev.homeroom.contracts.frustration.Evidence;
import dev.homeroom.dashboard.core.AlertState;
import dev.homeroom.dashboard.core.Trace;

/** The form in which alerts are published and answered. */
public final class AlertForm {
    private AlertForm() {}

    /** The alert as it is after its change number {@code seq}. */
    public static Alert of(AlertState alert, long seq) {
        var face = alert.face();
        return new Alert(
                alert.id(),
                seq,
                alert.classroom(),
                alert.student(),
                face.app(),
                face.detector(),
                face.target(),
                face.level().word(),
                alert.status().word(),
                alert.raisedAt(),
                alert.snoozedUntil(),
                evidence(face.evidence()),
                face.count());
    }

    private static Evidence evidence(Trace trace) {
        return new Evidence(trace.rule(), trace.values(), trace.events());
    }
}

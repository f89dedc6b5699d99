package dev.homeroom.dashboard.core;

import java.time.Instant;

/** What teachers' actions do to an alert, and the end of a snooze. */
final class Acting {
    private Acting() {}

    static Decision act(StudentAlerts state, AlertState alert, Command.Act act) {
        var seen = alert.face().level();
        return switch (act.action()) {
            case ACKNOWLEDGE -> {
                if (alert.status() == AlertStatus.ACKNOWLEDGED) {
                    yield Alerts.nothing(state);
                }
                yield alert.status().active()
                        ? done(state, ChangeKind.ACKNOWLEDGED, alert.active(AlertStatus.ACKNOWLEDGED, null, seen), act)
                        : new Decision.WrongStatus(alert.status());
            }
            case SNOOZE -> snooze(state, alert, act);
            case RESOLVE -> {
                if (alert.status() == AlertStatus.RESOLVED) {
                    yield Alerts.nothing(state);
                }
                yield alert.status().active()
                        ? done(
                                state,
                                ChangeKind.RESOLVED,
                                alert.closed(AlertStatus.RESOLVED, act.at(), null, seen),
                                act)
                        : new Decision.WrongStatus(alert.status());
            }
            // Allowed after it is over too: a teacher may find out later that it was wrong.
            case DISMISS ->
                alert.status() == AlertStatus.DISMISSED
                        ? Alerts.nothing(state)
                        : done(
                                state,
                                ChangeKind.DISMISSED,
                                alert.closed(AlertStatus.DISMISSED, act.at(), null, seen),
                                act);
        };
    }

    static Decision wake(StudentAlerts state, AlertState alert, Instant now) {
        var until = alert.snoozedUntil();
        if (alert.status() != AlertStatus.SNOOZED || until == null || until.isAfter(now)) {
            return Alerts.nothing(state);
        }
        var open = alert.active(AlertStatus.OPEN, null, alert.seenLevel());
        return Alerts.taken(state, new Change(ChangeKind.REOPENED, open, null, Reason.SNOOZE_OVER, now));
    }

    private static Decision snooze(StudentAlerts state, AlertState alert, Command.Act act) {
        if (!alert.status().active()) {
            return new Decision.WrongStatus(alert.status());
        }
        var until = act.until() == null ? act.at() : act.until();
        if (alert.status() == AlertStatus.SNOOZED && until.equals(alert.snoozedUntil())) {
            return Alerts.nothing(state);
        }
        var quiet = alert.active(AlertStatus.SNOOZED, until, alert.face().level());
        return done(state, ChangeKind.SNOOZED, quiet, act);
    }

    private static Decision done(StudentAlerts state, ChangeKind kind, AlertState after, Command.Act act) {
        return Alerts.taken(state, new Change(kind, after, act.by(), act.reason(), act.at()));
    }
}

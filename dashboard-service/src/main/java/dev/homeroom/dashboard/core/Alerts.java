package dev.homeroom.dashboard.core;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what episodes and teachers' actions do to a student's alerts. A student has one active alert at most;
 * episodes merge into it. Only revisions newer than the known one count, so duplicates and late arrivals change nothing.
 */
public final class Alerts {
    private Alerts() {}

    /** The outcome of the command in this state; pure. */
    public static Decision decide(StudentAlerts state, Command command, Policy policy) {
        return switch (command) {
            case Command.Observe(var episode, var freshId) -> observe(state, episode, freshId, policy);
            case Command.Act act ->
                state.alert(act.alert()).map(a -> act(state, a, act)).orElseGet(Decision.Unknown::new);
            case Command.Wake(var id, var now) ->
                state.alert(id).map(a -> wake(state, a, now)).orElseGet(Decision.Unknown::new);
        };
    }

    private static Decision observe(StudentAlerts state, Episode episode, String freshId, Policy policy) {
        if (episode.revision() <= state.revision(episode.id())) {
            return nothing(state);
        }
        var holder = state.holding(episode.id());
        if (holder.isPresent()) {
            return revise(state, holder.get(), episode);
        }
        if (episode.status() == EpisodeStatus.RETRACTED || episode.level().compareTo(policy.from()) < 0) {
            return quiet(state, episode);
        }
        var active = state.active();
        if (active.isPresent()) {
            return active.get().full() ? quiet(state, episode) : revise(state, active.get(), episode);
        }
        return cooling(state, episode, freshId, policy);
    }

    /** No alert is active: the one that was closed last, if its cool-down lasts, decides. */
    private static Decision cooling(StudentAlerts state, Episode episode, String freshId, Policy policy) {
        var last = state.closedLast()
                .filter(a -> episode.causedAt().isBefore(closedAt(a).plus(policy.cooldown())))
                .orElse(null);
        if (last == null) {
            return raise(state, episode, freshId);
        }
        if (!last.closedByTeacher()) {
            return last.full() ? quiet(state, episode) : revise(state, last, episode);
        }
        var same = last.face().detector().equals(episode.detector());
        var worse = last.status() == AlertStatus.RESOLVED && episode.level().compareTo(last.seenLevel()) > 0;
        return same && !worse ? quiet(state, episode) : raise(state, episode, freshId);
    }

    private static Decision raise(StudentAlerts state, Episode episode, String freshId) {
        var open = AlertState.raised(freshId, state.classroom(), episode);
        var raised = new Change(ChangeKind.RAISED, open, null, null, episode.causedAt());
        if (episode.open()) {
            return taken(state, raised);
        }
        var over = open.closed(AlertStatus.RESOLVED, episode.causedAt(), Reason.RECOVERED, Level.NONE);
        return taken(state, raised, new Change(ChangeKind.RESOLVED, over, null, Reason.RECOVERED, episode.causedAt()));
    }

    private static Decision revise(StudentAlerts state, AlertState alert, Episode episode) {
        return alert.closedByTeacher() ? reviseClosed(state, alert, episode) : reviseLive(state, alert, episode);
    }

    /** A teacher closed it: it speaks again only when it was not wrong and got worse. */
    private static Decision reviseClosed(StudentAlerts state, AlertState alert, Episode episode) {
        var next = alert.with(episode);
        var worse = alert.status() == AlertStatus.RESOLVED
                && episode.open()
                && next.face().level().compareTo(alert.seenLevel()) > 0;
        if (!worse || state.active().isPresent()) {
            return new Decision.Taken(state.with(alert.noting(episode)), List.of());
        }
        var open = next.active(AlertStatus.OPEN, null, alert.seenLevel());
        return taken(state, new Change(ChangeKind.REOPENED, open, null, Reason.WORSE, episode.causedAt()));
    }

    /** The status follows from the episodes, within what a teacher said about the active alert. */
    private static Decision reviseLive(StudentAlerts state, AlertState alert, Episode episode) {
        var next = alert.with(episode);
        if (!next.ongoing()) {
            return over(state, alert, next, episode.causedAt());
        }
        if (!alert.status().active()) {
            if (state.active().isPresent()) {
                return new Decision.Taken(state.with(alert.noting(episode)), List.of());
            }
            var open = next.active(AlertStatus.OPEN, null, Level.NONE);
            return taken(state, new Change(ChangeKind.REOPENED, open, null, Reason.AGAIN, episode.causedAt()));
        }
        if (alert.status() == AlertStatus.ACKNOWLEDGED && next.face().level().compareTo(alert.seenLevel()) > 0) {
            var open = next.active(AlertStatus.OPEN, null, alert.seenLevel());
            return taken(state, new Change(ChangeKind.REOPENED, open, null, Reason.WORSE, episode.causedAt()));
        }
        return said(state, alert, new Change(ChangeKind.MERGED, next, null, null, episode.causedAt()));
    }

    private static Decision over(StudentAlerts state, AlertState before, AlertState next, Instant at) {
        var reason = next.allRetracted() ? Reason.RETRACTED : Reason.RECOVERED;
        var since = before.closedAt() == null ? at : before.closedAt();
        var closed = next.closed(AlertStatus.RESOLVED, since, reason, before.seenLevel());
        if (reason.equals(before.reason())) {
            return said(state, before, new Change(ChangeKind.MERGED, closed, null, null, at));
        }
        return taken(state, new Change(ChangeKind.RESOLVED, closed, null, reason, at));
    }

    private static Decision act(StudentAlerts state, AlertState alert, Command.Act act) {
        var seen = alert.face().level();
        return switch (act.action()) {
            case ACKNOWLEDGE -> {
                if (alert.status() == AlertStatus.ACKNOWLEDGED) {
                    yield nothing(state);
                }
                yield alert.status().active()
                        ? done(state, ChangeKind.ACKNOWLEDGED, alert.active(AlertStatus.ACKNOWLEDGED, null, seen), act)
                        : new Decision.WrongStatus(alert.status());
            }
            case SNOOZE -> snooze(state, alert, act);
            case RESOLVE -> {
                if (alert.status() == AlertStatus.RESOLVED) {
                    yield nothing(state);
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
                        ? nothing(state)
                        : done(
                                state,
                                ChangeKind.DISMISSED,
                                alert.closed(AlertStatus.DISMISSED, act.at(), null, seen),
                                act);
        };
    }

    private static Decision snooze(StudentAlerts state, AlertState alert, Command.Act act) {
        if (!alert.status().active()) {
            return new Decision.WrongStatus(alert.status());
        }
        var until = act.until() == null ? act.at() : act.until();
        if (alert.status() == AlertStatus.SNOOZED && until.equals(alert.snoozedUntil())) {
            return nothing(state);
        }
        var quiet = alert.active(AlertStatus.SNOOZED, until, alert.face().level());
        return done(state, ChangeKind.SNOOZED, quiet, act);
    }

    private static Decision wake(StudentAlerts state, AlertState alert, Instant now) {
        var until = alert.snoozedUntil();
        if (alert.status() != AlertStatus.SNOOZED || until == null || until.isAfter(now)) {
            return nothing(state);
        }
        var open = alert.active(AlertStatus.OPEN, null, alert.seenLevel());
        return taken(state, new Change(ChangeKind.REOPENED, open, null, Reason.SNOOZE_OVER, now));
    }

    private static Decision done(StudentAlerts state, ChangeKind kind, AlertState after, Command.Act act) {
        return taken(state, new Change(kind, after, act.by(), act.reason(), act.at()));
    }

    /** A change of what the alert says; none when it says the same. */
    private static Decision said(StudentAlerts state, AlertState before, Change change) {
        return before.face().equals(change.alert().face())
                ? new Decision.Taken(state.with(change.alert()), List.of())
                : taken(state, change);
    }

    private static Decision quiet(StudentAlerts state, Episode episode) {
        return new Decision.Taken(state.quietly(episode), List.of());
    }

    private static Decision nothing(StudentAlerts state) {
        return new Decision.Taken(state, List.of());
    }

    private static Decision taken(StudentAlerts state, Change... changes) {
        var after = state;
        for (var change : changes) {
            after = after.with(change.alert());
        }
        return new Decision.Taken(after, List.of(changes));
    }

    private static Instant closedAt(AlertState alert) {
        @Nullable Instant at = alert.closedAt();
        return at == null ? alert.raisedAt() : at;
    }
}

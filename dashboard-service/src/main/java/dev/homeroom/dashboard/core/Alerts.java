package dev.homeroom.dashboard.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what episodes, time and teachers' actions do to a student's alerts. A student has one active alert at most;
 * episodes merge into it. Only revisions newer than the known one count, so duplicates and late arrivals change nothing.
 *
 * <p>An alert follows the student's {@link Standing}: it is raised when the student's level is high enough, whatever a single
 * episode says, and says that level while an episode of it goes on. A change is told when a teacher would see it as news: the
 * level is another, or the trouble is of a kind that the alert had not seen.
 */
public final class Alerts {
    private Alerts() {}

    /** The outcome of the command in this state; pure. */
    public static Decision decide(StudentAlerts state, Command command, Policy policy) {
        return switch (command) {
            case Command.Observe(var revision, var freshId) -> observe(state, revision, freshId, policy);
            case Command.Rise(var now, var freshId) -> Following.rise(state, now, freshId, policy);
            case Command.Act act ->
                state.alert(act.alert()).map(a -> Acting.act(state, a, act)).orElseGet(Decision.Unknown::new);
            case Command.Wake(var id, var now) ->
                state.alert(id).map(a -> Acting.wake(state, a, now)).orElseGet(Decision.Unknown::new);
        };
    }

    private static Decision observe(StudentAlerts before, Revision revision, String freshId, Policy policy) {
        var episode = revision.episode();
        if (episode.revision() <= before.revision(episode.id())) {
            return nothing(before);
        }
        var state = before.standing(revision.standing());
        var taken = place(state, episode, freshId, policy);
        return Following.follow(before.level(), taken, episode.causedAt(), freshId, policy);
    }

    /** Puts the episode where it belongs. */
    private static Decision.Taken place(StudentAlerts state, Episode episode, String freshId, Policy policy) {
        var holder = state.holding(episode.id());
        if (holder.isPresent()) {
            return revise(state, holder.get(), episode);
        }
        if (!worth(state, episode, policy)) {
            return quiet(state, episode);
        }
        var active = state.active();
        if (active.isPresent()) {
            return active.get().full() ? quiet(state, episode) : revise(state, active.get(), episode);
        }
        return cooling(state, episode, episode.causedAt(), freshId, policy);
    }

    /** Whether an episode that no alert holds is worth one. What is over already is not, where it is known how the student stands. */
    private static boolean worth(StudentAlerts state, Episode episode, Policy policy) {
        if (episode.status() == EpisodeStatus.RETRACTED) {
            return false;
        }
        return state.standing() == null
                ? episode.level().compareTo(policy.from()) >= 0
                : episode.open() && state.level().compareTo(policy.from()) >= 0;
    }

    /** No alert is active: the one that was closed last, if its cool-down lasts, decides. */
    static Decision.Taken cooling(StudentAlerts state, Episode episode, Instant at, String freshId, Policy policy) {
        var last = state.closedLast()
                .filter(a -> at.isBefore(closedAt(a).plus(policy.cooldown())))
                .orElse(null);
        if (last == null) {
            return raise(state, episode, at, freshId);
        }
        if (!last.closedByTeacher()) {
            return last.full() ? quiet(state, episode) : revise(state, last, episode, at);
        }
        var same = last.face().detector().equals(episode.detector());
        var worse =
                last.status() == AlertStatus.RESOLVED && state.level(episode).compareTo(last.seenLevel()) > 0;
        return same && !worse ? quiet(state, episode) : raise(state, episode, at, freshId);
    }

    private static Decision.Taken raise(StudentAlerts state, Episode episode, Instant at, String freshId) {
        var open = AlertState.raised(freshId, state.classroom(), episode, at, state.standing());
        var raised = new Change(ChangeKind.RAISED, open, null, null, at);
        if (episode.open()) {
            return taken(state, raised);
        }
        var over = open.closed(AlertStatus.RESOLVED, at, Reason.RECOVERED, Level.NONE);
        return taken(state, raised, new Change(ChangeKind.RESOLVED, over, null, Reason.RECOVERED, at));
    }

    private static Decision.Taken revise(StudentAlerts state, AlertState alert, Episode episode) {
        return revise(state, alert, episode, episode.causedAt());
    }

    private static Decision.Taken revise(StudentAlerts state, AlertState alert, Episode episode, Instant at) {
        return alert.closedByTeacher()
                ? reviseClosed(state, alert, episode, at)
                : reviseLive(state, alert, episode, at);
    }

    /** A teacher closed it: it speaks again only when it was not wrong and got worse. */
    private static Decision.Taken reviseClosed(StudentAlerts state, AlertState alert, Episode episode, Instant at) {
        var next = alert.with(episode, state.standing());
        var worse = alert.status() == AlertStatus.RESOLVED
                && episode.open()
                && next.face().level().compareTo(alert.seenLevel()) > 0;
        if (!worse || state.active().isPresent()) {
            return noted(state, alert, episode);
        }
        var open = next.active(AlertStatus.OPEN, null, alert.seenLevel());
        return taken(state, new Change(ChangeKind.REOPENED, open, null, Reason.WORSE, at));
    }

    /** The status follows from the episodes, within what a teacher said about the active alert. */
    private static Decision.Taken reviseLive(StudentAlerts state, AlertState alert, Episode episode, Instant at) {
        var next = alert.with(episode, state.standing());
        if (!next.ongoing()) {
            return over(state, alert, next, episode, at);
        }
        if (!alert.status().active()) {
            if (state.active().isPresent()) {
                return noted(state, alert, episode);
            }
            var open = next.active(AlertStatus.OPEN, null, Level.NONE);
            return taken(state, new Change(ChangeKind.REOPENED, open, null, Reason.AGAIN, at));
        }
        if (alert.status() == AlertStatus.ACKNOWLEDGED && next.face().level().compareTo(alert.seenLevel()) > 0) {
            var open = next.active(AlertStatus.OPEN, null, alert.seenLevel());
            return taken(state, new Change(ChangeKind.REOPENED, open, null, Reason.WORSE, at));
        }
        return said(state, alert, next, episode, at);
    }

    private static Decision.Taken over(
            StudentAlerts state, AlertState before, AlertState next, Episode episode, Instant at) {
        var reason = next.allRetracted() ? Reason.RETRACTED : Reason.RECOVERED;
        var since = before.closedAt() == null ? at : before.closedAt();
        var closed = next.closed(AlertStatus.RESOLVED, since, reason, before.seenLevel());
        return reason.equals(before.reason())
                ? said(state, before, closed, episode, at)
                : taken(state, new Change(ChangeKind.RESOLVED, closed, null, reason, at));
    }

    /** A change of what the alert says, if it is news; otherwise the alert says what it said, and knows more. */
    private static Decision.Taken said(
            StudentAlerts state, AlertState before, AlertState next, Episode episode, Instant at) {
        var news = next.face().level() != before.face().level() || (episode.open() && !before.knows(episode));
        return news ? taken(state, new Change(ChangeKind.MERGED, next, null, null, at)) : noted(state, before, episode);
    }

    private static Decision.Taken noted(StudentAlerts state, AlertState alert, Episode episode) {
        return new Decision.Taken(state.with(alert.noting(episode)), List.of());
    }

    private static Decision.Taken quiet(StudentAlerts state, Episode episode) {
        return new Decision.Taken(state.quietly(episode), List.of());
    }

    static Decision.Taken nothing(StudentAlerts state) {
        return new Decision.Taken(state, List.of());
    }

    static Decision.Taken taken(StudentAlerts state, Change... changes) {
        var after = state;
        for (var change : changes) {
            after = after.with(change.alert());
        }
        return new Decision.Taken(after, List.of(changes));
    }

    /** One more change after what was taken. */
    static Decision.Taken and(Decision.Taken before, Change change) {
        var changes = new ArrayList<>(before.changes());
        changes.add(change);
        return new Decision.Taken(before.after().with(change.alert()), changes);
    }

    private static Instant closedAt(AlertState alert) {
        @Nullable Instant at = alert.closedAt();
        return at == null ? alert.raisedAt() : at;
    }
}

package dev.homeroom.dashboard.core;

import java.time.Instant;
import java.util.Comparator;

/** What a student's level does to alerts beside the episode that brought it: alerts follow it, and so they do in time alone. */
final class Following {
    private static final Comparator<Episode> LATEST =
            Comparator.comparing(Episode::startedAt).thenComparing(Episode::id);

    private Following() {}

    /** Time has passed, and the episodes go on. */
    static Decision rise(StudentAlerts before, Instant now, String freshId, Policy policy) {
        var standing = before.standing();
        if (standing == null || standing.at(now).equals(standing)) {
            return Alerts.nothing(before);
        }
        var at = standing.rises().stream()
                .map(Standing.Rise::at)
                .takeWhile(rise -> !rise.isAfter(now))
                .reduce(now, (_, last) -> last);
        var state = before.standing(standing.at(now));
        return follow(before.level(), Alerts.nothing(state), at, freshId, policy);
    }

    /**
     * Has alerts follow the level of {@code taken}, unless it did so already.
     *
     * @param before the student's level until now
     * @param at when the level became what it is
     */
    static Decision.Taken follow(Level before, Decision.Taken taken, Instant at, String freshId, Policy policy) {
        var state = taken.after();
        if (state.standing() == null) {
            return taken;
        }
        var active = state.active();
        if (active.isPresent()) {
            return active.get().ongoing() ? restate(taken, active.get(), at) : taken;
        }
        return state.level().compareTo(before) > 0 ? risen(before, taken, at, freshId, policy) : taken;
    }

    private static Decision.Taken restate(Decision.Taken taken, AlertState alert, Instant at) {
        var next = alert.saying(taken.after().level());
        var level = next.face().level();
        if (level == alert.face().level()) {
            return taken;
        }
        var worse = alert.status() == AlertStatus.ACKNOWLEDGED && level.compareTo(alert.seenLevel()) > 0;
        return Alerts.and(
                taken,
                worse
                        ? new Change(
                                ChangeKind.REOPENED,
                                next.active(AlertStatus.OPEN, null, alert.seenLevel()),
                                null,
                                Reason.WORSE,
                                at)
                        : new Change(ChangeKind.MERGED, next, null, null, at));
    }

    /**
     * No alert is active, and the level has risen: what a teacher settled may speak again, and an episode that was quiet while
     * the level was below the policy's is worth an alert now.
     */
    private static Decision.Taken risen(Level before, Decision.Taken taken, Instant at, String freshId, Policy policy) {
        var state = taken.after();
        var settled = state.closedLast()
                .filter(a -> a.closedByTeacher() && a.status() == AlertStatus.RESOLVED && a.ongoing())
                .filter(a -> state.level().compareTo(a.seenLevel()) > 0);
        if (settled.isPresent()) {
            var open = settled.get()
                    .saying(state.level())
                    .active(AlertStatus.OPEN, null, settled.get().seenLevel());
            return Alerts.and(taken, new Change(ChangeKind.REOPENED, open, null, Reason.WORSE, at));
        }
        var crossed = before.compareTo(policy.from()) < 0 && state.level().compareTo(policy.from()) >= 0;
        var quiet = state.quiet().values().stream().filter(Episode::open).max(LATEST);
        return crossed && quiet.isPresent() && taken.changes().isEmpty()
                ? Alerts.cooling(state, quiet.get(), at, freshId, policy)
                : taken;
    }
}

package dev.homeroom.queue.core.insight;

import dev.homeroom.queue.core.Holder;
import dev.homeroom.queue.core.Task;
import dev.homeroom.queue.core.TaskStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts findings into sentences: what is the case, and what can be done. */
public final class Words {
    /** How many lessons a sentence names. */
    private static final int MOST_LESSONS = 3;

    private Words() {}

    static String summary(Task task, List<Finding> causes) {
        var first = causes.getFirst();
        String more = causes.size() == 1 ? "" : " (and " + (causes.size() - 1) + " more)";
        String begins = switch (task.status()) {
            case PENDING -> first instanceof Finding.Ready ? "It can be taken: " : "It waits: ";
            case CLAIMED -> "It is being worked on: ";
            case COMPLETED, SKIPPED, FAILED, CANCELLED -> "It is over: ";
        };
        return begins + detail(first) + (task.status() == TaskStatus.PENDING ? more : "");
    }

    /** The finding in one sentence or two. */
    public static String detail(Finding finding) {
        return switch (finding) {
            case Finding.NotDue one ->
                "not due for another " + Ages.span(one.left()) + ", because of "
                        + switch (one.because()) {
                            case DELAY -> "the delay or run-at it was enqueued with.";
                            case SNOOZE -> "a snooze by the session that held it.";
                            case BACKOFF -> "the backoff after a failed attempt.";
                        };
            case Finding.DeadlinePassed one ->
                one.over()
                        ? "its deadline passed before it was done."
                        : "its deadline (" + one.since() + ") has passed; nobody gets it any more.";
            case Finding.HandedOver one -> handedOver(one);
            case Finding.LimitExhausted one -> limit(one);
            case Finding.NoSession _ -> "there is no live session.";
            case Finding.NoCapableSession one ->
                "none of the " + one.sessions().live() + " live sessions can do " + String.join(", ", one.needed())
                        + (one.missing().isEmpty()
                                ? ": no single one can do all of it."
                                : "; nobody can do " + String.join(", ", one.missing()) + ".");
            case Finding.SessionsBusy one ->
                "of " + one.sessions().live() + " live sessions "
                        + one.sessions().capable() + " can do it, but "
                        + one.sessions().full() + " of these hold as many tasks as they may and "
                        + one.sessions().stale() + " are stale.";
            case Finding.BehindOthers one -> behind(one.line());
            case Finding.NobodyAsks one ->
                "in this replica no claim waits for type " + one.type()
                        + (one.lesson() == null ? "" : " of lesson " + one.lesson()) + " (" + one.others()
                        + " wait for something else); of claims at other replicas, and of sessions that ask without"
                        + " waiting, nothing is known here.";
            case Finding.Ready one ->
                (one.first() ? "it is the next one in the order, " : "nothing is in its way, ") + "and " + one.asking()
                        + " claims that wait in this replica take such a task.";
            case Finding.Claimed one -> claimed(one);
            case Finding.HolderStale one ->
                "its holder, session " + who(one.holder()) + ", is stale: " + heartbeat(one.holder())
                        + ". Its claim ends with its lease or deadline, and the task is pending again then.";
            case Finding.RetriesExhausted one -> "all " + one.attempts() + " attempts failed" + last(one.errors());
            case Finding.NotRetryable one ->
                "attempt " + one.attempt() + " of " + one.maxAttempts() + " failed for good: the worker said that it"
                        + " cannot be retried" + last(one.errors());
            case Finding.Cancelled one ->
                "it was cancelled" + (one.by() == null ? "" : " by " + one.by())
                        + (one.session() == null ? "" : ", while session " + one.session() + " held it")
                        + because(one.reason());
            case Finding.Skipped one ->
                "it was skipped" + (one.session() == null ? "" : " by session " + one.session())
                        + because(one.reason());
            case Finding.Completed one ->
                "it was completed" + (one.session() == null ? "" : " by session " + one.session()) + " in attempt "
                        + one.attempt() + ".";
            case Finding.CoordinatorUnreachable _ ->
                "the coordinator does not answer, so nobody can claim; all else here is from the database.";
        };
    }

    private static String handedOver(Finding.HandedOver one) {
        String repaired = " Usually this takes milliseconds; what was lost is repaired by the sweep within "
                + Ages.span(one.within()) + ".";
        var grant = one.grant();
        if (one.difference() == Finding.Difference.ROW_BEHIND && grant != null) {
            return "the coordinator says that session " + grant.holder().session() + " holds it with token "
                    + grant.token() + ", the row (token " + one.rowToken()
                    + ") does not: a claim is on its way, or its release is." + repaired;
        }
        return "the row is claimed with token " + one.rowToken() + ", but the coordinator "
                + (grant == null
                        ? "has no grant for it"
                        : "has granted token " + grant.token() + " to session "
                                + grant.holder().session())
                + ": the claim has ended and the task is about to be pending again." + repaired;
    }

    private static String limit(Finding.LimitExhausted one) {
        var use = one.use();
        String taken = use.permits() == 0
                ? "limit " + use.key() + " is set to no permits"
                : use.used() + " of the " + use.permits() + " permits of limit " + use.key() + " are taken";
        String queue = use.waiting() == 0 ? "" : ", " + use.waiting() + " wait in its queue before any task";
        var holders = one.tasks().stream()
                .map(row -> "task " + row.task() + " of session " + row.session())
                .toList();
        var sessions = use.holders().stream().map(h -> "session " + h.session()).toList();
        String by = holders.isEmpty() && sessions.isEmpty()
                ? ""
                : ", held by "
                        + java.util.stream.Stream.concat(sessions.stream(), holders.stream())
                                .limit(MOST_LESSONS)
                                .collect(Collectors.joining(", "))
                        + (holders.size() + sessions.size() > MOST_LESSONS ? " and others" : "");
        return taken + by + queue + ".";
    }

    private static String behind(Line line) {
        if (line.more()) {
            return "at least " + line.ahead() + " tasks would be taken before it" + lessons(line.lessons()) + ".";
        }
        return line.ahead() + " tasks would be taken before it" + lessons(line.lessons()) + ": " + line.higher()
                + " of a higher level than its " + line.level() + ", " + line.older()
                + " of the same level and due earlier, " + line.fairness()
                + " because it is the turn of another lesson.";
    }

    private static String lessons(Map<String, Integer> lessons) {
        String named = lessons.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(MOST_LESSONS)
                .map(one -> one.getValue() + " of lesson " + one.getKey())
                .collect(Collectors.joining(", "));
        return named.isEmpty() ? "" : " (" + named + (lessons.size() > MOST_LESSONS ? ", …" : "") + ")";
    }

    private static String claimed(Finding.Claimed one) {
        var held = one.held();
        return "session " + who(one.holder()) + " holds it" + (held == null ? "" : " for " + Ages.span(held))
                + ", in attempt " + one.attempt() + " of " + one.maxAttempts() + "; " + heartbeat(one.holder()) + ".";
    }

    private static String who(Holder holder) {
        return holder.session() + (holder.host() == null ? "" : " on " + holder.host());
    }

    private static String heartbeat(Holder holder) {
        Duration age = holder.heartbeatAge();
        return age == null
                ? "the age of its heartbeat is not known"
                : "its last heartbeat was " + Ages.ago(age) + " ("
                        + Freshness.of(age).word() + ")";
    }

    private static String last(List<Finding.Failure> errors) {
        return errors.isEmpty() ? "." : because(errors.getLast().error());
    }

    private static String because(@Nullable String reason) {
        return reason == null || reason.isEmpty() ? "." : ": " + reason;
    }

    /** What can be done about it. */
    static List<String> next(Finding finding) {
        return switch (finding.kind()) {
            case NOT_DUE -> List.of("Wait until it is due, or claim another.");
            case DEADLINE_PASSED -> List.of("Enqueue it again with a later deadline if it is still wanted.");
            case HANDED_OVER -> List.of("Ask again in a few seconds.");
            case LIMIT_EXHAUSTED ->
                List.of("Wait for a permit, or raise the limit: PUT /api/limits/{key} with more permits.");
            case NO_SESSION -> List.of("Start an agent: POST /api/sessions, then POST /api/tasks/claim.");
            case NO_CAPABLE_SESSION -> List.of("Register a session that has all the capabilities the task needs.");
            case SESSIONS_BUSY ->
                List.of(
                        "Wait for a session to finish, start another, or raise maxConcurrentTasks; see GET /api/sessions.");
            case BEHIND_OTHERS -> List.of("Wait for its turn, add sessions, or enqueue it with a higher priority.");
            case NOBODY_ASKS ->
                List.of("Let a session ask for this type and lesson: POST /api/tasks/claim with a wait.");
            case READY -> List.of("Nothing: the next session that asks gets it.");
            case CLAIMED -> List.of("Wait for its holder.");
            case HOLDER_STALE ->
                List.of("Look after the holder, or end it: DELETE /api/sessions/{id} gives its tasks back at once.");
            case RETRIES_EXHAUSTED, NOT_RETRYABLE ->
                List.of("Mend what made it fail, then POST /api/tasks/retry-failed, or enqueue it again.");
            case CANCELLED, SKIPPED -> List.of("Enqueue it again if it is wanted after all.");
            case COMPLETED -> List.of();
            case COORDINATOR_UNREACHABLE ->
                List.of("Look after the coordinator; tasks are safe meanwhile, and claims go on when it is back.");
        };
    }
}

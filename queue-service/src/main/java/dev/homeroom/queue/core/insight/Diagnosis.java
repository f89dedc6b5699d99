package dev.homeroom.queue.core.insight;

import dev.homeroom.queue.core.Cause;
import dev.homeroom.queue.core.Receipt;
import dev.homeroom.queue.core.Task;
import dev.homeroom.queue.core.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides why a task is not running (R-Q9). Causes are in the order of their weight: what stands in the way first. */
public final class Diagnosis {
    /** How many failed attempts are told: the latest. */
    static final int MOST_ERRORS = 20;

    private static final Set<String> FAILURES = Set.of(
            Cause.FAILED.word(),
            Cause.RETRY.word(),
            Cause.EXPIRED.word(),
            Cause.SESSION_FAILED.word(),
            Cause.REPAIRED.word());

    private Diagnosis() {}

    /** The answer for these facts. */
    public static Why of(Facts facts) {
        var causes = new ArrayList<Finding>();
        var status = facts.task().status();
        if (status.over()) {
            causes.add(end(facts));
        } else if (status == TaskStatus.CLAIMED) {
            claimed(facts, causes);
        } else {
            pending(facts, causes);
        }
        if (facts.unreachable() && causes.stream().noneMatch(Finding.CoordinatorUnreachable.class::isInstance)) {
            causes.add(new Finding.CoordinatorUnreachable());
        }
        return Why.of(facts, causes);
    }

    private static Finding end(Facts facts) {
        var task = facts.task();
        var last = facts.steps().isEmpty() ? null : facts.steps().getLast();
        var at = last == null ? facts.now() : last.at();
        var session = last == null ? null : last.session();
        if (last != null && last.cause().equals("deadline")) {
            return new Finding.DeadlinePassed(at, true);
        }
        return switch (task.status()) {
            case COMPLETED -> new Finding.Completed(at, session, task.attempt());
            case SKIPPED -> new Finding.Skipped(at, session, task.error());
            case CANCELLED -> new Finding.Cancelled(at, last == null ? null : last.by(), session, task.error());
            case FAILED, PENDING, CLAIMED ->
                task.attempt() >= task.maxAttempts()
                        ? new Finding.RetriesExhausted(at, task.attempt(), errors(facts.steps()))
                        : new Finding.NotRetryable(at, task.attempt(), task.maxAttempts(), errors(facts.steps()));
        };
    }

    private static List<Finding.Failure> errors(List<Receipt> steps) {
        var errors = steps.stream()
                .filter(step -> FAILURES.contains(step.cause()))
                .map(step -> new Finding.Failure(step.attempt(), step.at(), step.cause(), step.reason()))
                .toList();
        return errors.subList(Math.max(0, errors.size() - MOST_ERRORS), errors.size());
    }

    private static void claimed(Facts facts, List<Finding> causes) {
        var task = facts.task();
        var row = facts.claim();
        var grant = facts.coordinator().flatMap(Facts.Coordinator::grant);
        if (facts.coordinator().isPresent()
                && grant.filter(g -> g.token() == task.hold().token()).isEmpty()) {
            causes.add(new Finding.HandedOver(
                    Finding.Difference.GRANT_GONE,
                    task.hold().token(),
                    grant.map(g -> new Finding.HeldBy(g.token(), g.holder())).orElse(null),
                    Facts.REPAIRED_WITHIN));
        }
        var session = facts.coordinator().map(Facts.Coordinator::holder).orElse(null);
        var since = row.map(HeldRow::since).orElse(null);
        var until = task.hold().deadline();
        var id = task.hold().session() == null ? "?" : task.hold().session();
        var holder = session != null
                ? session.holding(since, until)
                : new AgentSession(
                                dev.homeroom.queue.core.Holder.known(
                                        id, task.hold().incarnation(), until),
                                "unknown",
                                List.of(),
                                0,
                                0)
                        .holding(since, until);
        if (session != null && (session.stale() || !session.live() || red(session.heartbeatAge()))) {
            causes.add(new Finding.HolderStale(holder, until));
        }
        var held = since == null ? null : Duration.between(since, facts.now());
        causes.add(new Finding.Claimed(holder, since, until, held, task.attempt(), task.maxAttempts()));
    }

    private static boolean red(@Nullable Duration age) {
        return age != null && Freshness.of(age) == Freshness.RED;
    }

    private static void pending(Facts facts, List<Finding> causes) {
        var task = facts.task();
        var deadline = task.deadline();
        boolean due = !task.runAt().isAfter(facts.now());
        if (deadline != null && !deadline.isAfter(facts.now())) {
            causes.add(new Finding.DeadlinePassed(deadline, false));
            return;
        }
        if (!due) {
            causes.add(notDue(facts));
        } else if (facts.unreachable()) {
            causes.add(new Finding.CoordinatorUnreachable());
        }
        facts.coordinator().ifPresent(coordinator -> {
            coordinator
                    .grant()
                    .ifPresent(grant -> causes.add(new Finding.HandedOver(
                            Finding.Difference.ROW_BEHIND,
                            task.hold().token(),
                            new Finding.HeldBy(grant.token(), grant.holder()),
                            Facts.REPAIRED_WITHIN)));
            coordinator.limits().stream()
                    .filter(LimitUse::exhausted)
                    .forEach(use -> causes.add(
                            new Finding.LimitExhausted(use, facts.limitTasks().getOrDefault(use.key(), List.of()))));
            sessions(task, coordinator, causes);
        });
        if (due) {
            order(facts, causes);
        }
    }

    private static Finding notDue(Facts facts) {
        var task = facts.task();
        var last = facts.steps().isEmpty() ? null : facts.steps().getLast();
        String cause = last == null ? "" : last.cause();
        var because = cause.equals(Cause.SNOOZED.word())
                ? Finding.Because.SNOOZE
                : cause.equals(Cause.RETRY.word()) ? Finding.Because.BACKOFF : Finding.Because.DELAY;
        return new Finding.NotDue(
                because, last == null ? null : last.at(), task.runAt(), Duration.between(facts.now(), task.runAt()));
    }

    private static void sessions(Task task, Facts.Coordinator coordinator, List<Finding> causes) {
        var needed = task.capabilities();
        var sessions = Sessions.of(coordinator.sessions(), needed, coordinator.allSessions());
        if (sessions.live() == 0) {
            causes.add(new Finding.NoSession());
        } else if (sessions.capable() == 0) {
            causes.add(
                    new Finding.NoCapableSession(needed, Sessions.missing(coordinator.sessions(), needed), sessions));
        } else if (sessions.free() == 0) {
            causes.add(new Finding.SessionsBusy(sessions));
        }
    }

    /** What is left when it is due: its place, and whether anybody asks. Only when nothing else is in the way, it is ready. */
    private static void order(Facts facts, List<Finding> causes) {
        var task = facts.task();
        Instant due = task.runAt();
        int takers = facts.takers();
        facts.line()
                .filter(line -> line.ahead() > 0)
                .ifPresent(line -> causes.add(new Finding.BehindOthers(line, due)));
        boolean nobody = causes.stream().anyMatch(Finding.NoSession.class::isInstance);
        if (takers == 0 && !nobody) {
            causes.add(new Finding.NobodyAsks(task.type(), task.lesson(), facts.waiting()));
        }
        if (causes.isEmpty()) {
            boolean first = facts.line().map(line -> line.ahead() == 0).orElse(false);
            causes.add(new Finding.Ready(due, takers, first));
        }
    }
}

package dev.homeroom.queue.insight;

import dev.homeroom.queue.core.ClaimFilter;
import dev.homeroom.queue.core.GrantAuthority;
import dev.homeroom.queue.core.HeldTask;
import dev.homeroom.queue.core.QueueException;
import dev.homeroom.queue.core.Receipt;
import dev.homeroom.queue.core.Rejection;
import dev.homeroom.queue.core.Task;
import dev.homeroom.queue.core.TaskStatus;
import dev.homeroom.queue.core.TaskStore;
import dev.homeroom.queue.core.insight.AgentSession;
import dev.homeroom.queue.core.insight.Diagnosis;
import dev.homeroom.queue.core.insight.Facts;
import dev.homeroom.queue.core.insight.Fleet;
import dev.homeroom.queue.core.insight.Held;
import dev.homeroom.queue.core.insight.HeldQuery;
import dev.homeroom.queue.core.insight.HeldRow;
import dev.homeroom.queue.core.insight.InsightStore;
import dev.homeroom.queue.core.insight.LimitUse;
import dev.homeroom.queue.core.insight.Line;
import dev.homeroom.queue.core.insight.ReadyScan;
import dev.homeroom.queue.core.insight.Why;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the facts about one task and has them judged (R-Q9). The row is read before the coordinator is asked, so that a
 * claim that is made meanwhile shows as one that is on its way. Safe for concurrent use.
 */
public final class Inquiry {
    private static final int PAGE = 1_000;

    private final TaskStore tasks;
    private final InsightStore rows;
    private final ReadyScan ready;
    private final GrantAuthority authority;
    private final Fleet fleet;
    private final Supplier<Map<ClaimFilter, Integer>> asking;

    /**
     * @param asking the claims that wait in this replica
     */
    public Inquiry(
            TaskStore tasks,
            InsightStore rows,
            ReadyScan ready,
            GrantAuthority authority,
            Fleet fleet,
            Supplier<Map<ClaimFilter, Integer>> asking) {
        this.tasks = tasks;
        this.rows = rows;
        this.ready = ready;
        this.authority = authority;
        this.fleet = fleet;
        this.asking = asking;
    }

    /** Why this task is not running; fails with {@link Rejection.NotFound}. */
    public CompletionStage<Why> why(UUID id) {
        return tasks.find(id)
                .thenApply(found -> found.orElseThrow(() -> new QueueException(new Rejection.NotFound(id))))
                .thenCompose(this::facts)
                .thenApply(Diagnosis::of);
    }

    private CompletionStage<Facts> facts(Task task) {
        return rows.held(HeldQuery.of(task.id()))
                .thenCompose(held -> tasks.history(task.id())
                        .thenCompose(steps -> task.status().over()
                                ? CompletableFuture.completedFuture(over(task, steps, held))
                                : unfinished(task, steps, held)));
    }

    private static Facts over(Task task, List<Receipt> steps, Held held) {
        return new Facts(
                held.at(),
                task,
                steps,
                Optional.empty(),
                Optional.empty(),
                false,
                Map.of(),
                Optional.empty(),
                Map.of());
    }

    private CompletionStage<Facts> unfinished(Task task, List<Receipt> steps, Held held) {
        boolean claimed = task.status() == TaskStatus.CLAIMED;
        return reachable(claimed ? holder(task) : surroundings(task))
                .thenCompose(coordinator -> limitTasks(coordinator)
                        .thenCompose(limitTasks -> line(task)
                                .thenApply(line -> new Facts(
                                        held.at(),
                                        task,
                                        steps,
                                        held.rows().stream().findFirst(),
                                        coordinator,
                                        true,
                                        limitTasks,
                                        line,
                                        asking.get()))));
    }

    private static CompletionStage<Optional<Facts.Coordinator>> reachable(CompletionStage<Facts.Coordinator> answer) {
        return Absent.ifUnavailable(answer);
    }

    private CompletionStage<Facts.Coordinator> holder(Task task) {
        return authority
                .holder(task.id())
                .thenCompose(grant -> session(task, grant)
                        .thenApply(session ->
                                new Facts.Coordinator(grant, session.orElse(null), List.of(), List.of(), false)));
    }

    private CompletionStage<Optional<AgentSession>> session(Task task, Optional<HeldTask> grant) {
        String session =
                grant.map(held -> held.holder().session()).orElse(task.hold().session());
        return session == null ? CompletableFuture.completedFuture(Optional.empty()) : fleet.session(session);
    }

    private CompletionStage<Facts.Coordinator> surroundings(Task task) {
        var limits = new ArrayList<CompletionStage<LimitUse>>();
        task.limits().forEach(key -> limits.add(fleet.limit(key)));
        var sessions = new ArrayList<AgentSession>();
        return authority
                .holder(task.id())
                .thenCompose(grant -> All.of(limits)
                        .thenCompose(uses -> sessions(null, sessions)
                                .thenApply(all -> new Facts.Coordinator(grant, null, uses, sessions, all))));
    }

    /** Answers whether these are all. */
    private CompletionStage<Boolean> sessions(@Nullable String after, List<AgentSession> all) {
        return fleet.sessions(after, PAGE).thenCompose(page -> {
            all.addAll(page.items());
            return page.next() == null || all.size() >= Facts.MOST_SESSIONS
                    ? CompletableFuture.completedFuture(page.next() == null)
                    : sessions(page.next(), all);
        });
    }

    private CompletionStage<Map<String, List<HeldRow>>> limitTasks(Optional<Facts.Coordinator> coordinator) {
        CompletionStage<Map<String, List<HeldRow>>> all = CompletableFuture.completedFuture(new HashMap<>());
        for (var use : coordinator.map(Facts.Coordinator::limits).orElse(List.of())) {
            if (use.exhausted()) {
                all = all.thenCompose(found -> rows.held(HeldQuery.ofLimit(use.key(), Facts.MOST_LIMIT_TASKS))
                        .thenApply(held -> {
                            found.put(use.key(), held.rows());
                            return found;
                        }));
            }
        }
        return all;
    }

    /** Among all that is ready, whatever their limits: a task must not seem to be first only because others wait, too. */
    private CompletionStage<Optional<Line>> line(Task task) {
        return task.status() == TaskStatus.CLAIMED
                ? CompletableFuture.completedFuture(Optional.empty())
                : ready.ranked(ClaimFilter.ANY, List.of(), Facts.MOST_AHEAD)
                        .thenApply(ranked -> Line.of(ranked, Facts.MOST_AHEAD, task.id(), task.priority()));
    }
}

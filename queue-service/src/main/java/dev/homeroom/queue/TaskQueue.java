package dev.homeroom.queue;

import dev.homeroom.queue.claim.BoardKeeper;
import dev.homeroom.queue.claim.Claim;
import dev.homeroom.queue.claim.ClaimDesk;
import dev.homeroom.queue.claim.Obstacles;
import dev.homeroom.queue.claim.WaitingRoom;
import dev.homeroom.queue.coalesce.Coalescer;
import dev.homeroom.queue.coalesce.Splitting;
import dev.homeroom.queue.core.Candidate;
import dev.homeroom.queue.core.ClaimFilter;
import dev.homeroom.queue.core.ClaimRepeat;
import dev.homeroom.queue.core.Enqueued;
import dev.homeroom.queue.core.GrantAuthority;
import dev.homeroom.queue.core.GrantedClaim;
import dev.homeroom.queue.core.Hold;
import dev.homeroom.queue.core.NewTask;
import dev.homeroom.queue.core.Outcome;
import dev.homeroom.queue.core.Owner;
import dev.homeroom.queue.core.Place;
import dev.homeroom.queue.core.QueueException;
import dev.homeroom.queue.core.Receipt;
import dev.homeroom.queue.core.Rejection;
import dev.homeroom.queue.core.RenewAnswer;
import dev.homeroom.queue.core.RequestId;
import dev.homeroom.queue.core.Task;
import dev.homeroom.queue.core.TaskGrant;
import dev.homeroom.queue.core.TaskStore;
import dev.homeroom.queue.core.order.Lane;
import dev.homeroom.queue.finish.FinishDesk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What can be done with tasks. Every stage that fails does so with a {@link QueueException}. Safe for concurrent use. */
public final class TaskQueue {
    /** Tasks of one inserting statement of a batch. */
    private static final int INSERTED_AT_ONCE = 200;

    private final TaskStore store;
    private final GrantAuthority authority;
    private final ClaimDesk claims;
    private final FinishDesk finishes;
    private final WaitingRoom waiting;
    private final BoardKeeper keeper;
    private final Obstacles obstacles;
    private final Coalescer<NewTask, Enqueued> lane;

    /** Between these parts. */
    public TaskQueue(
            TaskStore store,
            GrantAuthority authority,
            ClaimDesk claims,
            FinishDesk finishes,
            WaitingRoom waiting,
            BoardKeeper keeper,
            Obstacles obstacles,
            Coalescer.Bounds bounds) {
        this.store = store;
        this.authority = authority;
        this.claims = claims;
        this.finishes = finishes;
        this.waiting = waiting;
        this.keeper = keeper;
        this.obstacles = obstacles;
        this.lane = new Coalescer<>("tasks to enqueue", bounds, NewTask::id, store::enqueue);
    }

    /** Enqueues one task; together with others that come at the same time. */
    public CompletionStage<Enqueued> enqueue(NewTask task) {
        return lane.submit(task).thenApply(this::announced);
    }

    /** Enqueues many; each has its own result, in their order. */
    public CompletionStage<List<Splitting.Result<Enqueued>>> enqueue(List<NewTask> tasks) {
        CompletionStage<List<Splitting.Result<Enqueued>>> all = CompletableFuture.completedFuture(new ArrayList<>());
        for (int from = 0; from < tasks.size(); from += INSERTED_AT_ONCE) {
            var part = tasks.subList(from, Math.min(tasks.size(), from + INSERTED_AT_ONCE));
            all = all.thenCompose(results -> Splitting.run(part, store::enqueue).thenApply(more -> {
                results.addAll(more);
                return results;
            }));
        }
        return all.thenApply(results -> {
            for (var result : results) {
                if (result instanceof Splitting.Result.Done<Enqueued>(var enqueued)) {
                    announced(enqueued);
                }
            }
            return results;
        });
    }

    /** Claims what is next; waits for it when nothing is due. Cancelling the future gives up waiting. */
    public CompletableFuture<List<Task>> claim(
            Owner owner, RequestId request, ClaimFilter filter, int count, Duration ttl, Duration wait) {
        return waiting.claim(new Claim(owner, request, filter, null, count, ttl, false), wait);
    }

    /** Claims this task, or says why it cannot be. */
    public CompletionStage<Task> claim(UUID id, Owner owner, RequestId request, Duration ttl) {
        return obstacles.none(id).thenCompose(task -> {
            var only = new Candidate(
                    id,
                    task.type(),
                    task.priority(),
                    task.runAt(),
                    task.lesson(),
                    task.limits(),
                    task.capabilities(),
                    Place.UNKNOWN);
            var claim = new Claim(owner, request, ClaimFilter.ANY, only, 1, ttl, false);
            return claims.claim(claim)
                    .thenCompose(tasks -> tasks.stream()
                            .filter(claimed -> claimed.id().equals(id))
                            .findFirst()
                            .<CompletionStage<Task>>map(CompletableFuture::completedFuture)
                            .orElseGet(() -> assigned(id, owner)));
        });
    }

    /** Finishes an attempt; see {@link FinishDesk#finish}. */
    public CompletionStage<Receipt> finish(Hold hold, Outcome outcome) {
        return finishes.finish(hold, outcome);
    }

    /** Calls a task off, whoever holds it, because the subject {@code by} asked. */
    public CompletionStage<Receipt> cancel(UUID id, @Nullable String reason, String by) {
        return finishes.cancel(id, reason, by);
    }

    /** Gives a claim {@code ttl} from now on. */
    public CompletionStage<TaskGrant> renew(Hold hold, Duration ttl) {
        return authority.renew(List.of(hold), ttl).thenCompose(answers -> switch (answers.getFirst()) {
            case RenewAnswer.Renewed(var grant) ->
                store.renewed(hold, grant)
                        .thenCompose(held -> held
                                ? CompletableFuture.completedFuture(grant)
                                : finishes.stale(hold.task(), hold.token()));
            case RenewAnswer.Refused _ -> finishes.stale(hold.task(), hold.token());
        });
    }

    /** One task; fails with {@link Rejection.NotFound}. */
    public CompletionStage<Task> find(UUID id) {
        return store.find(id)
                .thenApply(found -> found.orElseThrow(() -> new QueueException(new Rejection.NotFound(id))));
    }

    /** A task that was assigned to the session is its own, even after it has told the coordinator that it knows of it. */
    private CompletionStage<Task> assigned(UUID id, Owner owner) {
        var repeat = new ClaimRepeat(owner, GrantedClaim.ASSIGNED);
        return store.claimedBefore(List.of(repeat))
                .thenCompose(
                        before -> before.getFirst().stream()
                                .filter(task -> task.id().equals(id))
                                .findFirst()
                                .<CompletionStage<Task>>map(CompletableFuture::completedFuture)
                                .orElseGet(
                                        () -> obstacles.found(
                                                id,
                                                "the session cannot do it, holds all it may, or a limit of the task has no permit left")));
    }

    private Enqueued announced(Enqueued enqueued) {
        if (enqueued instanceof Enqueued.Accepted(var task)) {
            var lane = Lane.of(task.type(), task.lesson(), task.limits(), task.capabilities());
            keeper.note(lane, task.priority(), task.runAt(), task.createdAt());
            if (!task.runAt().isAfter(task.createdAt())) {
                waiting.wake(task.type(), task.lesson(), task.capabilities());
            }
        }
        return enqueued;
    }
}

package dev.homeroom.queue.upkeep;

import dev.homeroom.queue.claim.Bell;
import dev.homeroom.queue.core.Cause;
import dev.homeroom.queue.core.FailedQuery;
import dev.homeroom.queue.core.QueueException;
import dev.homeroom.queue.core.Receipt;
import dev.homeroom.queue.core.Rejection;
import dev.homeroom.queue.core.RetryOrder;
import dev.homeroom.queue.core.Task;
import dev.homeroom.queue.core.TaskStatus;
import dev.homeroom.queue.core.TaskStore;
import dev.homeroom.queue.core.TaskUpkeep;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Puts tasks back that are over (R-Q4). A repeat finds them pending and changes nothing. Safe for concurrent use.
 *
 * <p>In bulk it is failed tasks only; one in particular may be cancelled too, for then somebody means this very task.
 * What was completed or skipped is done, and is never done again.
 */
public final class RetryDesk {
    private static final Set<TaskStatus> FAILED = EnumSet.of(TaskStatus.FAILED);
    private static final Set<TaskStatus> UNDONE = EnumSet.of(TaskStatus.FAILED, TaskStatus.CANCELLED);

    private final TaskStore store;
    private final TaskUpkeep upkeep;
    private final Bell bell;

    /** Between these parts; rings when there is something to claim. */
    public RetryDesk(TaskStore store, TaskUpkeep upkeep, Bell bell) {
        this.store = store;
        this.upkeep = upkeep;
        this.bell = bell;
    }

    /** One portion of failed tasks. */
    public CompletionStage<Retried> failed(FailedQuery query, String by, @Nullable String reason) {
        return upkeep.failed(query).thenCompose(page -> {
            var order = new RetryOrder(page.tasks(), FAILED, query.delay(), query.deadline(), by, reason);
            return retry(order).thenApply(receipts -> new Retried(receipts.size(), page.late(), page.next()));
        });
    }

    /**
     * One task. A repeat gets the first receipt until the task is claimed; fails with {@link Rejection.Finished},
     * {@link Rejection.DeadlinePassed} or {@link Rejection.NotFound} otherwise.
     */
    public CompletionStage<Receipt> one(
            UUID task, Duration delay, @Nullable Instant deadline, String by, @Nullable String reason) {
        return retry(new RetryOrder(List.of(task), UNDONE, delay, deadline, by, reason))
                .thenCompose(receipts -> receipts.isEmpty()
                        ? notRetried(task, deadline)
                        : CompletableFuture.completedFuture(receipts.getFirst()));
    }

    private CompletionStage<List<Receipt>> retry(RetryOrder order) {
        return upkeep.retry(order).thenApply(receipts -> {
            if (!receipts.isEmpty() && order.delay().isZero()) {
                bell.ring();
            }
            return receipts;
        });
    }

    private CompletionStage<Receipt> notRetried(UUID id, @Nullable Instant deadline) {
        return store.find(id).thenCompose(found -> {
            if (found.isEmpty()) {
                return refused(new Rejection.NotFound(id));
            }
            var task = found.get();
            if (UNDONE.contains(task.status())) {
                var passed = deadline == null ? task.deadline() : deadline;
                // Without a deadline it was in no such state a moment ago; the same request again will do.
                return refused(
                        passed == null
                                ? new Rejection.Unavailable("the task in one state")
                                : new Rejection.DeadlinePassed(id, passed));
            }
            return task.status() == TaskStatus.PENDING ? before(task) : refused(finished(task));
        });
    }

    /** The step that made it pending, if it was a retry. */
    private CompletionStage<Receipt> before(Task task) {
        return upkeep.history(task.id(), task.version() - 1, 1)
                .thenCompose(last -> !last.isEmpty() && last.getFirst().cause().equals(Cause.RETRIED.word())
                        ? CompletableFuture.completedFuture(last.getFirst())
                        : refused(finished(task)));
    }

    private static Rejection finished(Task task) {
        return new Rejection.Finished(task.id(), task.status().word());
    }

    private static <T> CompletionStage<T> refused(Rejection rejection) {
        return CompletableFuture.failedFuture(new QueueException(rejection));
    }
}

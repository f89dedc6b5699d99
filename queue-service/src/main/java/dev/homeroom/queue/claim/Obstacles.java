package dev.homeroom.queue.claim;

import dev.homeroom.queue.core.GrantAuthority;
import dev.homeroom.queue.core.HeldTask;
import dev.homeroom.queue.core.Holder;
import dev.homeroom.queue.core.QueueException;
import dev.homeroom.queue.core.Rejection;
import dev.homeroom.queue.core.Task;
import dev.homeroom.queue.core.TaskStatus;
import dev.homeroom.queue.core.TaskStore;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Why one particular task cannot be given to anybody now. Safe for concurrent use. */
public final class Obstacles {
    private final TaskStore store;
    private final GrantAuthority authority;
    private final Function<Task, CompletionStage<Optional<Holder>>> present;
    private final Supplier<Instant> clock;

    /**
     * @param present who holds a claimed task now
     * @param clock for words only: due times are the database's
     */
    public Obstacles(
            TaskStore store,
            GrantAuthority authority,
            Function<Task, CompletionStage<Optional<Holder>>> present,
            Supplier<Instant> clock) {
        this.store = store;
        this.authority = authority;
        this.present = present;
        this.clock = clock;
    }

    /** The task, unless it is over or not due; it may be held, for the row may not know yet that a grant has ended. */
    public CompletionStage<Task> none(UUID id) {
        return task(id).thenApply(task -> {
            var rejection = of(task);
            if (rejection != null) {
                throw new QueueException(rejection);
            }
            return task;
        });
    }

    /**
     * Fails with what stood in the way of an attempt that was in vain: over, not due, or held.
     *
     * @param otherwise what it was when it is none of these, for people
     */
    public <T> CompletionStage<T> found(UUID id, String otherwise) {
        return none(id).thenCompose(task -> holder(task).thenCompose(holder -> {
            boolean held = task.status() == TaskStatus.CLAIMED || holder.isPresent();
            return CompletableFuture.failedFuture(new QueueException(
                    held ? new Rejection.Held(id, holder.orElse(null)) : new Rejection.Ungranted(id, otherwise)));
        }));
    }

    /** Of a task whose row says that it waits, too: a grant may be on its way into the row. */
    private CompletionStage<Optional<Holder>> holder(Task task) {
        return task.status() == TaskStatus.CLAIMED
                ? present.apply(task)
                : authority
                        .holder(task.id())
                        .thenApply(held -> held.map(HeldTask::holder))
                        .exceptionally(_ -> Optional.empty());
    }

    private CompletionStage<Task> task(UUID id) {
        return store.find(id)
                .thenApply(found -> found.orElseThrow(() -> new QueueException(new Rejection.NotFound(id))));
    }

    private @Nullable Rejection of(Task task) {
        if (task.status().over()) {
            return new Rejection.Finished(task.id(), task.status().word());
        }
        return task.status() == TaskStatus.PENDING
                        && task.runAt().isAfter(clock.get().plusSeconds(1))
                ? new Rejection.NotDue(task.id(), task.runAt())
                : null;
    }
}

package dev.homeroom.queue.finish;

import dev.homeroom.queue.coalesce.Coalescer;
import dev.homeroom.queue.core.FinishOrder;
import dev.homeroom.queue.core.GrantAuthority;
import dev.homeroom.queue.core.HeldTask;
import dev.homeroom.queue.core.Hold;
import dev.homeroom.queue.core.Holder;
import dev.homeroom.queue.core.Outcome;
import dev.homeroom.queue.core.QueueException;
import dev.homeroom.queue.core.Receipt;
import dev.homeroom.queue.core.Rejection;
import dev.homeroom.queue.core.Task;
import dev.homeroom.queue.core.TaskStore;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Finishes attempts. The row's {@code (token, state)} decides alone, so it works while the coordinator is away. Safe for
 * concurrent use.
 */
public final class FinishDesk {
    private final TaskStore store;
    private final GrantAuthority authority;
    private final Consumer<Hold> releases;
    private final DoubleSupplier random;
    private final Coalescer<FinishOrder, Optional<Receipt>> lane;

    /**
     * @param releases takes what the coordinator shall let go
     * @param random 0 to 1, for the jitter of retries
     */
    public FinishDesk(
            TaskStore store,
            GrantAuthority authority,
            Consumer<Hold> releases,
            DoubleSupplier random,
            Coalescer.Bounds bounds) {
        this.store = store;
        this.authority = authority;
        this.releases = releases;
        this.random = random;
        this.lane = new Coalescer<>("finishes", bounds, order -> order.hold().task(), store::finish);
    }

    /** Finishes the attempt. A repeat gets the first receipt; fails with {@link Rejection.StaleToken} otherwise. */
    public CompletionStage<Receipt> finish(Hold hold, Outcome outcome) {
        return lane.submit(new FinishOrder(hold, outcome, random.getAsDouble())).thenCompose(receipt -> {
            if (receipt.isPresent()) {
                releases.accept(hold.after(outcome));
                return CompletableFuture.completedFuture(receipt.get());
            }
            return repeated(hold, outcome);
        });
    }

    /** Calls a task off, whoever holds it, because the subject {@code by} asked; the holder is told with its next heartbeat. */
    public CompletionStage<Receipt> cancel(UUID task, @Nullable String reason, String by) {
        return store.cancel(task, reason, by).thenCompose(receipt -> {
            if (receipt.isEmpty()) {
                return cancelledBefore(task);
            }
            var session = receipt.get().session();
            if (session != null) {
                releases.accept(new Hold(task, session, receipt.get().token()).calledOff());
            }
            return CompletableFuture.completedFuture(receipt.get());
        });
    }

    private CompletionStage<Receipt> repeated(Hold hold, Outcome outcome) {
        return store.finished(hold.task(), hold.token())
                .thenCompose(first -> first.filter(
                                r -> outcome.leaves(r.cause()) && hold.session().equals(r.session()))
                        .<CompletionStage<Receipt>>map(CompletableFuture::completedFuture)
                        .orElseGet(() -> stale(hold.task(), hold.token())));
    }

    private CompletionStage<Receipt> cancelledBefore(UUID task) {
        return store.history(task).thenCompose(steps -> {
            if (steps.isEmpty()) {
                return CompletableFuture.failedFuture(new QueueException(new Rejection.NotFound(task)));
            }
            var last = steps.getLast();
            return last.cause().equals("cancelled")
                    ? CompletableFuture.completedFuture(last)
                    : CompletableFuture.failedFuture(new QueueException(
                            new Rejection.Finished(task, last.status().word())));
        });
    }

    /** Fails with what holds the task now: the row's word, and the coordinator's if it can be asked. */
    public <T> CompletionStage<T> stale(UUID task, long token) {
        return store.find(task).thenCompose(found -> {
            if (found.isEmpty()) {
                return CompletableFuture.failedFuture(new QueueException(new Rejection.NotFound(task)));
            }
            return present(found.get())
                    .thenCompose(holder -> CompletableFuture.failedFuture(new QueueException(new Rejection.StaleToken(
                            task, token, found.get().status().word(), holder.orElse(null)))));
        });
    }

    /** Who holds the task now. */
    public CompletionStage<Optional<Holder>> present(Task task) {
        var hold = task.hold();
        if (hold.session() == null) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        var known = Holder.known(hold.session(), hold.incarnation(), hold.deadline());
        return authority
                .holder(task.id())
                .exceptionally(_ -> Optional.empty())
                .thenApply(held -> held.map(HeldTask::holder).or(() -> Optional.of(known)));
    }
}

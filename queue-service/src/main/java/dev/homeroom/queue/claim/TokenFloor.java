package dev.homeroom.queue.claim;

import dev.homeroom.queue.core.GrantAuthority;
import dev.homeroom.queue.core.TaskStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells the coordinator which tokens the rows have seen, so that one restored from an older backup cannot issue them
 * again. Runs on start and after a row refused a grant by a newer token; retried until it has worked, one at a time.
 */
public final class TokenFloor {
    /** Covers tokens that were granted but not written before the backup's coordinator was lost. */
    static final long MARGIN = 1_000;

    private static final long PAUSE_MILLIS = 1_000;

    private final TaskStore store;
    private final GrantAuthority authority;
    private final AtomicBoolean running = new AtomicBoolean();

    /** Compares these two. */
    public TokenFloor(TaskStore store, GrantAuthority authority) {
        this.store = store;
        this.authority = authority;
    }

    /** Raises the floor soon. */
    public void raise() {
        if (running.compareAndSet(false, true)) {
            attempt();
        }
    }

    private void attempt() {
        once().whenComplete((_, failure) -> {
            if (failure == null) {
                running.set(false);
            } else {
                CompletableFuture.delayedExecutor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)
                        .execute(this::attempt);
            }
        });
    }

    /** One attempt; a queue whose rows have seen no token has nothing to say. */
    public CompletionStage<Long> once() {
        return store.highestToken()
                .thenCompose(highest -> highest == 0
                        ? CompletableFuture.completedFuture(0L)
                        : authority.raiseTokenFloor(highest + MARGIN));
    }
}

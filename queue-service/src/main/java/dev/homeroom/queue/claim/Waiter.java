package dev.homeroom.queue.claim;

import dev.homeroom.queue.core.Task;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A claim that waits.
 *
 * @param claim the claim
 * @param deadline when it gives up, on the monotonic clock
 * @param answer what it gets
 */
record Waiter(Claim claim, long deadline, CompletableFuture<List<Task>> answer) {
    Waiter with(Claim newClaim) {
        return new Waiter(newClaim, deadline, answer);
    }

    boolean over(long now) {
        return answer.isDone() || now - deadline >= 0;
    }
}

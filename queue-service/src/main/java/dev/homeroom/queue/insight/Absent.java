package dev.homeroom.queue.insight;

import dev.homeroom.queue.coalesce.Splitting;
import dev.homeroom.queue.core.QueueException;
import dev.homeroom.queue.core.Rejection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** For those who look on, a coordinator that does not answer is an answer, too. */
final class Absent {
    private Absent() {}

    /** The answer; empty when there is none because something cannot be reached. */
    static <T> CompletionStage<Optional<T>> ifUnavailable(CompletionStage<T> stage) {
        return stage.thenApply(Optional::of).exceptionallyCompose(failure -> {
            var cause = Splitting.unwrapped(failure);
            return cause instanceof QueueException e && e.rejection() instanceof Rejection.Unavailable
                    ? CompletableFuture.completedFuture(Optional.<T>empty())
                    : CompletableFuture.failedFuture(cause);
        });
    }
}

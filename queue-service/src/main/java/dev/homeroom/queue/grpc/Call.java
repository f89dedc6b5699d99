package dev.homeroom.queue.grpc;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.MoreExecutors;
import dev.homeroom.coordinator.v1.CoordinatorGrpc.CoordinatorFutureStub;
import dev.homeroom.queue.core.QueueException;
import dev.homeroom.queue.core.Rejection;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** One call of the coordinator: within a bounded time, and in the queue's words when it fails. */
final class Call {
    /** A change of the leader takes under a second; above this a session is better told to try again. */
    static final Duration DEADLINE = Duration.ofSeconds(3);

    /** What does not answer, in the words of {@link Rejection.Unavailable}. */
    static final String WHO = "the coordinator";

    private Call() {}

    /** The answer; fails with {@link Rejection.Unavailable}. */
    static <T> CompletionStage<T> of(
            CoordinatorFutureStub stub, Function<CoordinatorFutureStub, ListenableFuture<T>> method) {
        return raw(stub, method)
                .exceptionallyCompose(failure ->
                        CompletableFuture.failedFuture(new QueueException(new Rejection.Unavailable(WHO), failure)));
    }

    /** The answer, empty when there is no such thing. */
    static <T> CompletionStage<Optional<T>> found(
            CoordinatorFutureStub stub, Function<CoordinatorFutureStub, ListenableFuture<T>> method) {
        return raw(stub, method).thenApply(Optional::of).exceptionallyCompose(failure -> {
            var cause = failure.getCause() == null ? failure : failure.getCause();
            boolean absent = Status.fromThrowable(cause).getCode() == Status.Code.NOT_FOUND;
            return absent
                    ? CompletableFuture.completedFuture(Optional.empty())
                    : CompletableFuture.failedFuture(new QueueException(new Rejection.Unavailable(WHO), failure));
        });
    }

    private static <T> CompletableFuture<T> raw(
            CoordinatorFutureStub stub, Function<CoordinatorFutureStub, ListenableFuture<T>> method) {
        var answer = new CompletableFuture<T>();
        var call = method.apply(stub.withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS));
        Futures.addCallback(
                call,
                new FutureCallback<T>() {
                    @Override
                    public void onSuccess(T result) {
                        answer.complete(result);
                    }

                    @Override
                    public void onFailure(Throwable failure) {
                        answer.completeExceptionally(failure);
                    }
                },
                MoreExecutors.directExecutor());
        return answer;
    }
}

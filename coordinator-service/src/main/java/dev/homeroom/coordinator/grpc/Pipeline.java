package dev.homeroom.coordinator.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A stream of requests that are answered in their order, while several are under way: the next is taken as long as fewer
 * than {@link #MESSAGES} with fewer than {@link #ITEMS} items are, and the client reads its answers. So a client that
 * sends faster than it is served, or does not read, is slowed down and costs nobody memory. Thread-safe.
 */
final class Pipeline<Q, R> implements StreamObserver<Q> {
    /** Requests under way: enough to fill the batches of several commits. */
    static final int MESSAGES = 64;
    /** Their items together; less than a caller may have in flight at any time. */
    static final int ITEMS = 1_024;

    private final ServerCallStreamObserver<R> out;
    private final Function<Q, CompletionStage<R>> operation;
    private final ToIntFunction<Q> items;
    private final Deque<Step<R>> steps = new ArrayDeque<>();
    private int underWay;
    private boolean asked;
    private boolean inputEnded;
    private boolean over;

    private static final class Step<R> {
        private final int items;
        private @Nullable R answer;
        private @Nullable Throwable failure;

        Step(int items) {
            this.items = items;
        }
    }

    /** Answers requests by {@code operation}; {@code items} says how much one asks for. */
    Pipeline(ServerCallStreamObserver<R> out, Function<Q, CompletionStage<R>> operation, ToIntFunction<Q> items) {
        this.out = out;
        this.operation = operation;
        this.items = items;
        out.disableAutoRequest();
        out.setOnReadyHandler(this::pump);
        out.setOnCancelHandler(this::cancelled);
        asked = true;
        out.request(1);
    }

    @Override
    public void onNext(Q request) {
        Step<R> step = new Step<>(items.applyAsInt(request));
        synchronized (this) {
            asked = false;
            if (over) {
                return;
            }
            steps.add(step);
            underWay += step.items;
        }
        CompletionStage<R> answer;
        try {
            answer = operation.apply(request);
        } catch (RuntimeException e) {
            answer = CompletableFuture.failedFuture(e);
        }
        var unused = answer.whenComplete((given, failure) -> {
            synchronized (this) {
                step.answer = given;
                step.failure = failure;
            }
            pump();
        });
        pump();
    }

    @Override
    public void onError(Throwable failure) {
        cancelled();
    }

    @Override
    public void onCompleted() {
        synchronized (this) {
            inputEnded = true;
        }
        pump();
    }

    private synchronized void cancelled() {
        over = true;
        steps.clear();
    }

    /** Sends what is answered, in order, and asks for more. */
    private synchronized void pump() {
        while (!over && !steps.isEmpty() && out.isReady()) {
            Step<R> first = steps.peekFirst();
            if (first.failure != null) {
                over = true;
                out.onError(Problems.status(first.failure));
                return;
            }
            if (first.answer == null) {
                break;
            }
            steps.removeFirst();
            underWay -= first.items;
            out.onNext(first.answer);
        }
        if (over) {
            return;
        }
        if (inputEnded && steps.isEmpty()) {
            over = true;
            out.onCompleted();
        } else if (!inputEnded && !asked && steps.size() < MESSAGES && underWay < ITEMS && out.isReady()) {
            asked = true;
            out.request(1);
        }
    }
}

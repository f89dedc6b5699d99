package dev.homeroom.bench.load;

import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A bidirectional stream that answers every request with one response, in order. Several requests may be under way.
 * Thread-safe.
 */
public final class Pipe<Q, A> implements StreamObserver<A> {
    private final StreamObserver<Q> requests;
    private final Predicate<A> good;
    private final Deque<Step.Done> open = new ArrayDeque<>();
    private @Nullable Throwable broken;

    /**
     * Opens it.
     *
     * @param call the stub's method
     * @param good whether a response says that all went well
     */
    public Pipe(Function<StreamObserver<A>, StreamObserver<Q>> call, Predicate<A> good) {
        this.good = good;
        this.requests = call.apply(this);
    }

    /** Sends a request; {@code done} hears of its response. */
    public void send(Q request, Step.Done done) {
        Throwable failure;
        synchronized (open) {
            failure = broken;
            if (failure == null) {
                open.add(done);
                requests.onNext(request);
            }
        }
        if (failure != null) {
            done.failed(failure);
        }
    }

    /** Says that nothing more will come. */
    public void end() {
        synchronized (open) {
            if (broken == null) {
                requests.onCompleted();
            }
        }
    }

    @Override
    public void onNext(A response) {
        Step.Done done;
        synchronized (open) {
            done = open.poll();
        }
        if (done == null) {
            return;
        }
        if (good.test(response)) {
            done.ok();
        } else {
            done.failed(new IllegalStateException("refused: " + response));
        }
    }

    @Override
    public void onError(Throwable failure) {
        end(failure);
    }

    @Override
    public void onCompleted() {
        end(new IllegalStateException("the stream was ended by the server"));
    }

    private void end(Throwable failure) {
        Deque<Step.Done> left;
        synchronized (open) {
            broken = failure;
            left = new ArrayDeque<>(open);
            open.clear();
        }
        left.forEach(done -> done.failed(failure));
    }
}

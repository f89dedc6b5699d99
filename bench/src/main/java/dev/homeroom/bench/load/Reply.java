package dev.homeroom.bench.load;

import io.grpc.stub.StreamObserver;
import java.util.function.Consumer;

/** The one answer of a call: goes on with it, or ends the turn as failed. */
public record Reply<T>(Step.Done done, Consumer<T> next) implements StreamObserver<T> {
    @Override
    public void onNext(T value) {
        next.accept(value);
    }

    @Override
    public void onError(Throwable failure) {
        done.failed(failure);
    }

    @Override
    public void onCompleted() {
        // The answer was all there is to say.
    }
}

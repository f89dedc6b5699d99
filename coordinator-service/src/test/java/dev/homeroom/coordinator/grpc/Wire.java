package dev.homeroom.coordinator.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The server's side of a call, without a network. */
final class Wire<R> extends ServerCallStreamObserver<R> {
    final List<R> sent = new ArrayList<>();
    int requested;
    int offered;
    boolean ready = true;
    boolean completed;

    @Nullable
    Throwable failed;

    private @Nullable Runnable readyHandler;
    private @Nullable Runnable cancelHandler;

    void onReady() {
        Objects.requireNonNull(readyHandler).run();
    }

    void onCancel() {
        Objects.requireNonNull(cancelHandler).run();
    }

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public void setOnCancelHandler(Runnable handler) {
        cancelHandler = handler;
    }

    @Override
    public void setCompression(String compression) {}

    @Override
    public boolean isReady() {
        return ready;
    }

    @Override
    public void setOnReadyHandler(Runnable handler) {
        readyHandler = handler;
    }

    @Override
    public void disableAutoInboundFlowControl() {}

    @Override
    public void disableAutoRequest() {}

    @Override
    public void request(int count) {
        requested += count;
    }

    @Override
    public void setMessageCompression(boolean enable) {}

    @Override
    public void onNext(R value) {
        sent.add(value);
    }

    @Override
    public void onError(Throwable failure) {
        failed = failure;
    }

    @Override
    public void onCompleted() {
        completed = true;
    }
}

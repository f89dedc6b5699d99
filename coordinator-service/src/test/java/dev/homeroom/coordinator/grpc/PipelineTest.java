package dev.homeroom.coordinator.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PipelineTest {
    private final Wire wire = new Wire();
    private final Map<Integer, CompletableFuture<String>> open = new HashMap<>();
    private final Pipeline<Integer, String> pipeline = new Pipeline<>(wire, this::operation, request -> 1);

    @Test
    void severalAreUnderWayAndAnswersKeepTheOrder_RS2() {
        offer(3);
        assertThat(open.keySet()).containsExactlyInAnyOrder(0, 1, 2);
        complete(2);
        complete(1);
        assertThat(wire.sent).isEmpty();
        complete(0);
        assertThat(wire.sent).containsExactly("0", "1", "2");
        pipeline.onCompleted();
        assertThat(wire.completed).isTrue();
    }

    @Test
    void noMoreThanTheDepthIsAskedFor_RS2() {
        offer(1_000);
        assertThat(open).hasSize(Pipeline.MESSAGES);
        complete(0);
        offer(1);
        assertThat(open).hasSize(Pipeline.MESSAGES + 1);
    }

    @Test
    void aClientThatDoesNotReadIsAskedForNothing_RS2() {
        wire.ready = false;
        offer(1);
        complete(0);
        assertThat(wire.requested).isEqualTo(1);
        assertThat(wire.sent).isEmpty();
        wire.ready = true;
        wire.onReady();
        assertThat(wire.sent).containsExactly("0");
        assertThat(wire.requested).isEqualTo(2);
    }

    @Test
    void afterTheClientWentAwayNothingIsSent_RS2() {
        offer(2);
        wire.onCancel();
        complete(0);
        complete(1);
        pipeline.onCompleted();
        assertThat(wire.sent).isEmpty();
        assertThat(wire.completed).isFalse();
    }

    /** As many requests as are asked for, at most so many. */
    private void offer(int most) {
        for (int i = 0; i < most && wire.offered < wire.requested; i++) {
            pipeline.onNext(wire.offered++);
        }
    }

    private CompletionStage<String> operation(int request) {
        return open.computeIfAbsent(request, key -> new CompletableFuture<>());
    }

    private void complete(int request) {
        Objects.requireNonNull(open.get(request)).complete(Integer.toString(request));
    }

    /** The server's side of a call, without a network. */
    private static final class Wire extends ServerCallStreamObserver<String> {
        private final List<String> sent = new ArrayList<>();
        private int requested;
        private int offered;
        private boolean ready = true;
        private boolean completed;
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
        public void onNext(String value) {
            sent.add(value);
        }

        @Override
        public void onError(Throwable failure) {
            throw new AssertionError(failure);
        }

        @Override
        public void onCompleted() {
            completed = true;
        }
    }
}

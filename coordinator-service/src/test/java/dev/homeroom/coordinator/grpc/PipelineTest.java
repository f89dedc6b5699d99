package dev.homeroom.coordinator.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class PipelineTest {
    private final Wire<String> wire = new Wire<>();
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
}

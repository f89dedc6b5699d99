package dev.homeroom.metrics.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.metrics.EventSink;
import dev.homeroom.metrics.Samples;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the edge does while the broker is slow, away and back, on Kafka's own producer in memory. */
class UsabilityProducerTest {
    private static final int PLACES = 10;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final EdgeStatus status = new EdgeStatus(meters);
    private final MockProducer<String, byte[]> broker =
            new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
    private final UsabilityProducer edge = new UsabilityProducer(() -> broker, PLACES, Duration.ofSeconds(20), status);

    @Test
    @DisplayName("R-M1: more than may be under way is refused at once, nothing of it is sent, and places come free")
    void backPressure() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var slow = CompletableFuture.runAsync(() -> publish(PLACES), threads);
            await().until(() -> broker.history().size() == PLACES);

            assertThatThrownBy(() -> edge.publish("/apps/a", events(1)))
                    .isInstanceOfSatisfying(
                            EventSink.NotTaken.class,
                            e -> assertThat(e.overloaded()).isTrue());
            assertThat(broker.history()).hasSize(PLACES);
            assertThat(status.underWay()).isEqualTo(PLACES);
            assertThat(meters.get("homeroom.edge.refused")
                            .tag("reason", "overloaded")
                            .counter()
                            .count())
                    .isEqualTo(1);

            acknowledge(PLACES);
            slow.get();
            assertThat(status.underWay()).isZero();
            var next = CompletableFuture.runAsync(() -> publish(PLACES), threads);
            await().until(() -> broker.history().size() == 2 * PLACES);
            acknowledge(PLACES);
            next.get();
        }
    }

    @Test
    @DisplayName("R-M1: a broker that is away is told to the app and shown in health until events are confirmed again")
    void outage() throws Exception {
        broker.sendException = new TimeoutException("no broker");
        assertThatThrownBy(() -> edge.publish("/apps/a", events(3)))
                .isInstanceOfSatisfying(
                        EventSink.NotTaken.class,
                        e -> assertThat(e.overloaded()).isFalse());
        assertThat(status.underWay()).isZero();
        assertThat(data()).containsEntry("trouble", "The broker cannot be reached.");

        broker.sendException = null;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var back = CompletableFuture.runAsync(() -> publish(1), threads);
            await().until(() -> broker.history().size() == 1);
            acknowledge(1);
            back.get();
        }
        assertThat(data()).doesNotContainKey("trouble").containsEntry("under-way", 0L);
    }

    private java.util.Map<String, Object> data() {
        return new EdgeHealth(status).call().getData().orElseThrow();
    }

    private void acknowledge(int events) {
        for (int i = 0; i < events; i++) {
            assertThat(broker.completeNext()).isTrue();
        }
    }

    private void publish(int count) {
        try {
            edge.publish("/apps/a", events(count));
        } catch (EventSink.NotTaken e) {
            throw new AssertionError(e);
        }
    }

    private static List<MetricEvent> events(int count) {
        return Stream.generate(() -> Samples.attempt("c1", "s1", true, Instant.parse("2026-11-21T10:00:00Z")))
                .limit(count)
                .toList();
    }
}

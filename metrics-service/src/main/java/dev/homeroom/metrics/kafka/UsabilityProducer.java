package dev.homeroom.metrics.kafka;

import dev.homeroom.contracts.event.Event;
import dev.homeroom.contracts.event.EventType;
import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.metrics.EventSink;
import dev.homeroom.platform.event.EventCodec;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Publishes metric events, keyed by classroom, with an idempotent producer that waits for every replica in sync. Many
 * requests share its batches. Thread-safe; connects on first use.
 */
@ApplicationScoped
public class UsabilityProducer implements EventSink {
    /** For the topic's metadata or a place in the buffer. */
    private static final Duration LONGEST_BLOCK = Duration.ofSeconds(2);

    private static final int BATCH_BYTES = 128 * 1024;

    private final Supplier<Producer<String, byte[]>> connect;
    private final EdgeStatus status;
    private final Duration ackTimeout;
    private final Semaphore places;
    private @Nullable Producer<String, byte[]> producer;

    /** On the brokers of the application's {@code kafka.*} settings. */
    @Inject
    public UsabilityProducer(
            @Identifier("default-kafka-broker") Map<String, Object> kafka, EdgeSettings edge, EdgeStatus status) {
        this(
                () -> new KafkaProducer<>(settings(kafka, edge), new StringSerializer(), new ByteArraySerializer()),
                edge.maxInFlight(),
                edge.ackTimeout(),
                status);
    }

    /** On a producer that is made at first use. */
    UsabilityProducer(
            Supplier<Producer<String, byte[]>> connect, int maxInFlight, Duration ackTimeout, EdgeStatus status) {
        this.connect = connect;
        this.places = new Semaphore(maxInFlight);
        this.ackTimeout = ackTimeout;
        this.status = status;
    }

    private static Map<String, Object> settings(Map<String, Object> kafka, EdgeSettings edge) {
        int ackMillis = (int) edge.ackTimeout().toMillis();
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, edge.lingerMillis());
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LONGEST_BLOCK.toMillis());
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, ackMillis / 2);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, ackMillis);
        // A broker that comes back is used at once, however long it was away.
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        return settings;
    }

    @Override
    public void publish(String source, List<MetricEvent> events) throws NotTaken {
        if (!places.tryAcquire(events.size())) {
            status.overloaded();
            throw new NotTaken("Too many events are on their way to the broker.", true);
        }
        status.underWay(events.size());
        long start = System.nanoTime();
        try {
            send(source, events).await(ackTimeout.plus(LONGEST_BLOCK));
        } catch (NotTaken e) {
            status.unconfirmed(String.valueOf(e.getMessage()));
            throw e;
        }
        status.confirmed(Duration.ofNanos(System.nanoTime() - start));
    }

    private Acknowledgements send(String source, List<MetricEvent> events) {
        Acknowledgements pending = new Acknowledgements(events.size(), this::free);
        int sent = 0;
        try {
            Producer<String, byte[]> to = producer();
            // After a first failure the rest would only wait in turn for the same.
            while (sent < events.size() && !pending.failed()) {
                var _ = to.send(
                        EventCodec.encode(event(source, events.get(sent))), (_, failure) -> pending.one(failure));
                sent++;
            }
        } catch (KafkaException e) {
            pending.fail(e);
        }
        pending.dropped(events.size() - sent);
        return pending;
    }

    private void free(int events) {
        status.underWay(-events);
        places.release(events);
    }

    @PreDestroy
    synchronized void close() {
        if (producer != null) {
            producer.close(ackTimeout);
            producer = null;
        }
    }

    private static Event<MetricEvent> event(String source, MetricEvent event) {
        return new Event<>(
                event.id().toString(),
                source,
                EventType.USABILITY_OBSERVED,
                event.classroom(),
                event.occurredAt(),
                event);
    }

    private synchronized Producer<String, byte[]> producer() {
        if (producer == null) {
            producer = connect.get();
        }
        return producer;
    }
}

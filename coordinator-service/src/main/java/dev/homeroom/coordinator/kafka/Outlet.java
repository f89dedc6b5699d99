package dev.homeroom.coordinator.kafka;

import dev.homeroom.contracts.event.Event;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.platform.event.EventCodec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * An idempotent producer that never gives a record up by itself: one that is given up would be overtaken by the next of
 * its key. It waits until the brokers have a round, or until it is of no use any more. For one thread, but for
 * {@link #failing()}.
 */
final class Outlet implements AutoCloseable {
    /** Without metadata a send waits this long and then fails; nothing of the round has left then. */
    private static final Duration BLOCK = Duration.ofSeconds(5);

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final String bootstrapServers;
    private final InstantSource clock;
    private @Nullable Producer<String, byte[]> producer;
    private volatile boolean failing;

    Outlet(String bootstrapServers, InstantSource clock) {
        this.bootstrapServers = bootstrapServers;
        this.clock = clock;
    }

    /** Whether the brokers could not be reached lately. */
    boolean failing() {
        return failing;
    }

    /**
     * Sends a round in order.
     *
     * @param epoch names the history of the ids
     * @param wanted asked while waiting; when false, what has not left is dropped
     * @return whether the brokers have all of it
     */
    boolean send(Answer.Backlog backlog, String epoch, BooleanSupplier wanted)
            throws InterruptedException, ExecutionException {
        failing = true;
        Producer<String, byte[]> open = open();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (Event<?> event : events(backlog, new ChangeEvents(epoch))) {
            Future<RecordMetadata> each = open.send(EventCodec.encode(event));
            sent.add(each);
            if (each.isDone()) {
                // Without brokers each send blocks and fails: the first failure ends the round, so that nothing of it
                // goes out of order when they come back.
                each.get();
            }
        }
        for (Future<RecordMetadata> each : sent) {
            if (!arrived(each, wanted)) {
                reset();
                return false;
            }
        }
        failing = false;
        return true;
    }

    private List<Event<?>> events(Answer.Backlog backlog, ChangeEvents events) {
        List<Event<?>> round = new ArrayList<>();
        if (backlog.gap() != null) {
            round.add(events.of(backlog.gap(), clock.instant()));
        }
        backlog.changes().forEach(published -> round.add(events.of(published)));
        return round;
    }

    private static boolean arrived(Future<RecordMetadata> sent, BooleanSupplier wanted)
            throws InterruptedException, ExecutionException {
        while (true) {
            try {
                sent.get(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                return true;
            } catch (TimeoutException e) {
                if (!wanted.getAsBoolean()) {
                    return false;
                }
            }
        }
    }

    private Producer<String, byte[]> open() {
        if (producer == null) {
            producer = new KafkaProducer<>(
                    Map.of(
                            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                            bootstrapServers,
                            ProducerConfig.ACKS_CONFIG,
                            "all",
                            ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                            true,
                            ProducerConfig.LINGER_MS_CONFIG,
                            0,
                            ProducerConfig.MAX_BLOCK_MS_CONFIG,
                            BLOCK.toMillis(),
                            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                            10_000,
                            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                            Integer.MAX_VALUE),
                    new StringSerializer(),
                    new ByteArraySerializer());
        }
        return producer;
    }

    /** Drops what has not left: it will be sent again. */
    void reset() {
        Producer<String, byte[]> former = producer;
        producer = null;
        if (former != null) {
            try {
                former.close(Duration.ZERO);
            } catch (InterruptException e) {
                // This replica stops; the producer's own thread ends by itself.
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        reset();
    }
}

package dev.homeroom.platform.outbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends a batch and waits for every acknowledgement. After a failure the producer is thrown away with what it still
 * holds, so that nothing of the failed batch arrives behind its repetition; until then it gives up no record, so that what
 * arrived of a key is always a beginning of what was sent. Used by one thread.
 */
final class OutboxPublisher implements AutoCloseable {
    /** A batch is confirmed within this, or it has failed. Below {@link RelaySeat}'s idle limit. */
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final Map<String, Object> settings;
    private @Nullable Producer<String, byte[]> producer;

    OutboxPublisher(String bootstrapServers) {
        this.settings = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.LINGER_MS_CONFIG,
                0,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                5_000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                5_000,
                // A record that the producer gives up by itself would be overtaken by the next of its key.
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                Integer.MAX_VALUE);
    }

    /** Returns when the brokers hold all of the batch; throws when that is not known, and the batch is to be repeated. */
    void publish(List<OutboxEntry> batch) throws InterruptedException, ExecutionException, TimeoutException {
        long end = System.nanoTime() + LIMIT.toNanos();
        boolean confirmed = false;
        try {
            Producer<String, byte[]> sender = producer();
            List<Future<?>> sent = new ArrayList<>(batch.size());
            for (OutboxEntry entry : batch) {
                Future<?> each = sender.send(entry.sent());
                sent.add(each);
                if (each.isDone()) {
                    // Without brokers each send blocks and fails: the first failure ends the batch, so that it stays
                    // within its limit and nothing of it goes out of order when they come back.
                    each.get();
                }
            }
            for (Future<?> each : sent) {
                each.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            }
            confirmed = true;
        } finally {
            if (!confirmed) {
                close();
            }
        }
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }

    private Producer<String, byte[]> producer() {
        if (producer == null) {
            producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        }
        return producer;
    }
}

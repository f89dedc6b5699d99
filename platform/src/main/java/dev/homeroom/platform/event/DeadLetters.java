package dev.homeroom.platform.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeroom.contracts.event.Topics;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Puts a record that a consumer cannot take into the topic's dead letters: the original bytes and headers, and why and
 * from where in headers {@code dlq_…}. Thread-safe; connects on first use.
 */
@ApplicationScoped
public class DeadLetters implements AutoCloseable {
    /** Longer than a change of a partition's leader, shorter than a consumer's patience (max.poll.interval). */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int LONGEST_REASON = 500;

    private final String bootstrapServers;
    private @Nullable Producer<byte[], byte[]> producer;

    /** On these brokers. */
    @Inject
    public DeadLetters(
            @ConfigProperty(name = "kafka.bootstrap.servers", defaultValue = "localhost:9092")
                    String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Returns once the broker holds the dead letter, so that the consumer may pass the record.
     *
     * @param received with the key as text, bytes or null, and the untouched value
     * @param reason what is wrong with it, cut at 500 characters
     * @throws IllegalStateException when the broker did not confirm within 30 s: do not pass the record, try again
     */
    public void send(ConsumerRecord<?, byte[]> received, String reason) {
        try {
            producer().send(letter(received, reason)).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unconfirmed(received, e);
        } catch (ExecutionException | TimeoutException e) {
            throw unconfirmed(received, e);
        }
    }

    @Override
    @PreDestroy
    public synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(5));
            producer = null;
        }
    }

    private static ProducerRecord<byte[], byte[]> letter(ConsumerRecord<?, byte[]> received, String reason) {
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(Topics.deadLetters(received.topic()), key(received.key()), received.value());
        Headers headers = letter.headers();
        for (Header header : received.headers()) {
            headers.add(header);
        }
        put(headers, "dlq_reason", reason.substring(0, Math.min(reason.length(), LONGEST_REASON)));
        put(headers, "dlq_topic", received.topic());
        put(headers, "dlq_partition", Integer.toString(received.partition()));
        put(headers, "dlq_offset", Long.toString(received.offset()));
        return letter;
    }

    private static byte @Nullable [] key(@Nullable Object key) {
        return switch (key) {
            case null -> null;
            case byte[] bytes -> bytes;
            default -> key.toString().getBytes(UTF_8);
        };
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(name).add(name, value.getBytes(UTF_8));
    }

    private static IllegalStateException unconfirmed(ConsumerRecord<?, byte[]> received, Exception cause) {
        return new IllegalStateException(
                "The dead letter for " + received.topic() + "-" + received.partition() + "@" + received.offset()
                        + " was not confirmed",
                cause);
    }

    private synchronized Producer<byte[], byte[]> producer() {
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
                            (int) PATIENCE.toMillis() / 2,
                            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                            10_000,
                            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                            (int) PATIENCE.toMillis()),
                    new ByteArraySerializer(),
                    new ByteArraySerializer());
        }
        return producer;
    }
}

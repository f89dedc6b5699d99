package dev.homeroom.dashboard.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads a topic on a thread of its own. Offsets are committed after the work is done; a batch that cannot be taken now is read
 * again after a pause, so nothing is lost while PostgreSQL or the broker is away.
 */
final class TopicReader {
    private static final Logger LOG = Logger.getLogger(TopicReader.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration STOP = Duration.ofSeconds(5);
    private static final int MAX_BATCH = 500;

    private final String topic;
    private final String group;
    private final String brokers;
    private final Consumer<ConsumerRecords<String, byte[]>> work;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    private volatile @Nullable KafkaConsumer<String, byte[]> reading;

    /**
     * For a topic.
     *
     * @param group its replicas share the partitions
     * @param work what is done with a batch; what it throws lets the batch be read again
     */
    TopicReader(String topic, String group, String brokers, Consumer<ConsumerRecords<String, byte[]>> work) {
        this.topic = topic;
        this.group = group;
        this.brokers = brokers;
        this.work = work;
    }

    void start() {
        Thread.ofPlatform().name(topic).daemon().start(this::run);
    }

    void stop() throws InterruptedException {
        stopping.countDown();
        var consumer = reading;
        if (consumer != null) {
            consumer.wakeup();
            if (!stopped.await(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warnf("The consumer of %s did not stop in time; its batch will be read again", topic);
            }
        }
    }

    /** Whatever fails, a new consumer goes on from the committed offsets until the service stops. */
    private void run() {
        try {
            do {
                try (var consumer =
                        new KafkaConsumer<>(settings(), new StringDeserializer(), new ByteArrayDeserializer())) {
                    reading = consumer;
                    consumer.subscribe(List.of(topic));
                    read(consumer);
                } catch (WakeupException e) {
                    LOG.debug("Woken to stop");
                } catch (RuntimeException e) {
                    LOG.warnf(e, "%s cannot be read now; trying again in %s", topic, PAUSE);
                }
            } while (!stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            stopped.countDown();
        }
    }

    private void read(KafkaConsumer<String, byte[]> consumer) throws InterruptedException {
        while (stopping.getCount() > 0) {
            var batch = consumer.poll(POLL);
            if (batch.isEmpty()) {
                continue;
            }
            try {
                work.accept(batch);
                consumer.commitSync();
            } catch (WakeupException e) {
                throw e;
            } catch (RuntimeException e) {
                LOG.warnf(
                        e,
                        "%d records of %s cannot be taken now; reading them again in %s",
                        batch.count(),
                        topic,
                        PAUSE);
                rewind(consumer, batch);
                if (stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        }
    }

    private static void rewind(KafkaConsumer<String, byte[]> consumer, ConsumerRecords<String, byte[]> batch) {
        for (TopicPartition partition : batch.partitions()) {
            if (consumer.assignment().contains(partition)) {
                var first = batch.records(partition).getFirst().offset();
                consumer.seek(partition, new OffsetAndMetadata(first));
            }
        }
    }

    private Map<String, Object> settings() {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers,
                ConsumerConfig.GROUP_ID_CONFIG, group,
                ConsumerConfig.CLIENT_ID_CONFIG, group,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_BATCH,
                // An alert must go at once: the broker answers with the first byte.
                ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
    }
}

package dev.homeroom.dashboard.kafka;

import dev.homeroom.contracts.event.Topics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code homeroom.frustration.v1} and {@code homeroom.students.v1} on a thread of its own. Offsets are committed after the database transaction; a
 * batch that cannot be taken now is read again after a pause, so nothing is lost while PostgreSQL or the broker is away.
 */
@ApplicationScoped
public class EpisodeConsumer {
    /** The consumer group: its replicas share the partitions, and with them the classrooms. */
    public static final String GROUP = "homeroom-dashboard";

    private static final Logger LOG = Logger.getLogger(EpisodeConsumer.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration STOP = Duration.ofSeconds(5);
    private static final int MAX_BATCH = 500;

    private final EpisodeIntake intake;
    private final String brokers;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);

    private volatile @Nullable KafkaConsumer<String, byte[]> reading;

    /** Takes who takes the episodes, and where the broker is. */
    EpisodeConsumer(EpisodeIntake intake, @ConfigProperty(name = "kafka.bootstrap.servers") String brokers) {
        this.intake = intake;
        this.brokers = brokers;
    }

    void start(@Observes StartupEvent event) {
        Thread.ofPlatform().name("episodes").daemon().start(this::run);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping.countDown();
        var consumer = reading;
        if (consumer != null) {
            consumer.wakeup();
            if (!stopped.await(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("The consumer of episodes did not stop in time; its batch will be read again");
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
                    consumer.subscribe(List.of(Topics.FRUSTRATION, Topics.STUDENTS));
                    read(consumer);
                } catch (WakeupException e) {
                    LOG.debug("Woken to stop");
                } catch (RuntimeException e) {
                    LOG.warnf(e, "Episodes cannot be read now; trying again in %s", PAUSE);
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
                intake.take(batch);
                consumer.commitSync();
            } catch (WakeupException e) {
                throw e;
            } catch (RuntimeException e) {
                LOG.warnf(e, "%d episode records cannot be taken now; reading them again in %s", batch.count(), PAUSE);
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
                ConsumerConfig.GROUP_ID_CONFIG, GROUP,
                ConsumerConfig.CLIENT_ID_CONFIG, GROUP,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_BATCH,
                // An alert must go at once: the broker answers with the first byte.
                ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
    }
}

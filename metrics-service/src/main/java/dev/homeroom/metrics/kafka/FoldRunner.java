package dev.homeroom.metrics.kafka;

import dev.homeroom.metrics.FoldSettings;
import dev.homeroom.metrics.FoldStore;
import dev.homeroom.platform.event.DeadLetters;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Keeps one consumer of the usability topic alive: when one dies, another takes its place after a pause. */
@ApplicationScoped
public class FoldRunner {
    private static final Logger LOG = Logger.getLogger(FoldRunner.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** What the record of a click has, its headers included. */
    private static final int BYTES_OF_A_RECORD = 600;

    /** The client's default. */
    private static final int LEAST_FETCH_BYTES = 1 << 20;

    private final FoldParts parts;
    private final String brokers;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable FoldLoop loop;
    private @Nullable Thread thread;

    /** Reads from these brokers. */
    @Inject
    public FoldRunner(
            FoldSettings settings,
            FoldStore store,
            DeadLetters deadLetters,
            RollupPublisher rollups,
            EpisodeRelay episodes,
            FoldStatus status,
            Clock clock,
            @ConfigProperty(name = "kafka.bootstrap.servers", defaultValue = "localhost:9092") String brokers) {
        Decoder decoder = new Decoder(settings.clockTolerance());
        this.parts = new FoldParts(settings, store, decoder, deadLetters, rollups, episodes, status, clock);
        this.brokers = brokers;
    }

    void start(@Observes StartupEvent event) {
        if (parts.settings().enabled()) {
            parts.rollups().start();
            thread = Thread.ofPlatform().daemon().name("fold").start(this::keepReading);
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping.countDown();
        FoldLoop running = loop;
        if (running != null) {
            running.stop();
        }
        if (thread != null) {
            thread.join(PATIENCE);
        }
    }

    private void keepReading() {
        Backoff backoff =
                new Backoff(parts.settings().firstBackoff(), parts.settings().longestBackoff());
        while (stopping.getCount() > 0) {
            try {
                read();
                backoff.succeeded();
            } catch (RuntimeException e) {
                parts.status().failed(String.valueOf(e));
                LOG.error("The consumer of usability events failed; another takes its place", e);
                if (awaitStop(backoff.failed(parts.clock().instant()))) {
                    return;
                }
            }
        }
    }

    private void read() {
        try (var consumer = new KafkaConsumer<>(
                        consumerSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
                Admin admin = Admin.create(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers))) {
            FoldLoop next = new FoldLoop(consumer, new TopicPositions(admin, parts.store(), parts.status()), parts);
            loop = next;
            if (stopping.getCount() > 0) {
                next.run();
            }
        }
    }

    private boolean awaitStop(Duration pause) {
        try {
            return stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private Map<String, Object> consumerSettings() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, parts.settings().group());
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // Behind a backlog a poll brings something of several partitions, so that there is work for every writer.
        settings.put(
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                parts.settings().batch() * parts.settings().writers());
        // A fetch brings a transaction's records of a partition at once; of larger records it brings fewer.
        int fetch = Math.max(LEAST_FETCH_BYTES, parts.settings().batch() * BYTES_OF_A_RECORD);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, fetch);
        // And no more than the writers take: it would only lie in memory.
        settings.put(
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG, fetch * parts.settings().writers());
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 2_000);
        settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10_000);
        return settings;
    }
}

package dev.homeroom.metrics.kafka;

import dev.homeroom.metrics.core.suspect.SuspectRules;
import dev.homeroom.metrics.suspect.SuspectBook;
import dev.homeroom.metrics.suspect.SuspectSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one consumer of the episodes alive that looks for suspected elements: whatever fails, another goes on from the
 * committed offsets after a pause. What it reads only says where to look, so reading twice does no harm.
 */
@ApplicationScoped
public class SuspectWatch {
    private static final Logger LOG = Logger.getLogger(SuspectWatch.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration STOP = Duration.ofSeconds(5);
    private static final int MOST_RECORDS = 5_000;

    private final SuspectSettings settings;
    private final SuspectRules rules;
    private final SuspectBook book;
    private final EpisodeRelay relay;
    private final MeterRegistry meters;
    private final Clock clock;
    private final String brokers;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile @Nullable KafkaConsumer<byte[], byte[]> reading;
    private volatile String trouble = "";
    private @Nullable Thread thread;

    /** Reads from these brokers. */
    @Inject
    public SuspectWatch(
            SuspectSettings settings,
            SuspectRules rules,
            SuspectBook book,
            EpisodeRelay relay,
            MeterRegistry meters,
            Clock clock,
            @ConfigProperty(name = "kafka.bootstrap.servers", defaultValue = "localhost:9092") String brokers) {
        this.settings = settings;
        this.rules = rules;
        this.book = book;
        this.relay = relay;
        this.meters = meters;
        this.clock = clock;
        this.brokers = brokers;
    }

    /** What keeps suspected elements from being found; empty when nothing does. */
    public String trouble() {
        return trouble;
    }

    void start(@Observes StartupEvent event) {
        if (settings.enabled()) {
            thread = Thread.ofPlatform().daemon().name("suspects").start(this::keepReading);
        }
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping.countDown();
        KafkaConsumer<byte[], byte[]> running = reading;
        if (running != null) {
            running.wakeup();
        }
        if (thread != null) {
            thread.join(STOP);
        }
    }

    private void keepReading() {
        try {
            do {
                read();
            } while (!stopping.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() throws InterruptedException {
        try (var consumer =
                new KafkaConsumer<>(consumerSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            reading = consumer;
            SuspectLoop loop = new SuspectLoop(consumer, rules, book, clock, this::reviewed);
            loop.open();
            Duration rest = Duration.ZERO;
            while (!stopping.await(rest.toMillis(), TimeUnit.MILLISECONDS)) {
                rest = loop.step();
                trouble = "";
            }
        } catch (WakeupException e) {
            LOG.debug("Woken to stop");
        } catch (RuntimeException e) {
            // Anything: suspected elements must not go unnoticed for good.
            if (trouble.isEmpty()) {
                LOG.warnf("Suspected elements cannot be looked for now: %s", e.getMessage());
            }
            trouble = String.valueOf(e.getMessage());
        } finally {
            reading = null;
        }
    }

    private void reviewed(SuspectBook.Reviewed done) {
        meters.counter("homeroom.metrics.suspect.revisions").increment(done.revisions());
        meters.counter("homeroom.metrics.suspect.marks").increment(done.marks());
        if (done.revisions() + done.marks() > 0) {
            relay.wake();
        }
    }

    private Map<String, Object> consumerSettings() {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers,
                ConsumerConfig.GROUP_ID_CONFIG,
                settings.group(),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                MOST_RECORDS,
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                CooperativeStickyAssignor.class.getName(),
                ConsumerConfig.METADATA_MAX_AGE_CONFIG,
                10_000);
    }
}

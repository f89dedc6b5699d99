package dev.homeroom.metrics.kafka;

import dev.homeroom.contracts.event.Event;
import dev.homeroom.contracts.event.EventType;
import dev.homeroom.contracts.rollup.MinuteRollup;
import dev.homeroom.metrics.FoldSettings;
import dev.homeroom.metrics.RollupFigures;
import dev.homeroom.metrics.RollupFigures.ClassroomMinute;
import dev.homeroom.platform.event.EventCodec;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the figures of minutes that have changed, each classroom at most once in an interval, the latest figures of its
 * latest minutes. Best effort: the database has them all, and the next change brings the whole minute again. The revision
 * of a minute is the offset of the partition at its last change, which grows with every change until
 * the topic is made anew. Thread-safe.
 */
@Singleton
public class RollupPublisher {
    private static final Logger LOG = Logger.getLogger(RollupPublisher.class);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int MINUTES_OF_A_CLASSROOM = 5;
    private static final int MOST_CLASSROOMS = 10_000;

    private final RollupFigures figures;
    private final Clock clock;
    private final Duration interval;
    private final Map<String, Object> brokers;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("rollups").factory());
    private final Map<String, TreeMap<Instant, Long>> pending = new LinkedHashMap<>();
    private final Map<String, Instant> sent = new HashMap<>();
    private @Nullable Producer<String, byte[]> producer;

    /** Publishes on these brokers. */
    @Inject
    public RollupPublisher(
            RollupFigures figures,
            FoldSettings settings,
            Clock clock,
            @ConfigProperty(name = "kafka.bootstrap.servers", defaultValue = "localhost:9092") String brokers) {
        this.figures = figures;
        this.clock = clock;
        this.interval = settings.rollupInterval();
        this.brokers = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                brokers,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                2_000,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                5_000,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                10_000);
    }

    void start() {
        var _ = timer.scheduleWithFixedDelay(this::publishDue, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Minutes have changed; of a classroom with many, the latest ones are told. */
    void touched(Collection<ClassroomMinute> minutes, long revision) {
        synchronized (pending) {
            for (ClassroomMinute minute : minutes) {
                if (!pending.containsKey(minute.classroom()) && pending.size() >= MOST_CLASSROOMS) {
                    continue;
                }
                TreeMap<Instant, Long> of = pending.computeIfAbsent(minute.classroom(), _ -> new TreeMap<>());
                of.merge(minute.minute(), revision, Math::max);
                if (of.size() > MINUTES_OF_A_CLASSROOM) {
                    of.pollFirstEntry();
                }
            }
        }
    }

    private Map<ClassroomMinute, Long> due() {
        Instant now = clock.instant();
        Map<ClassroomMinute, Long> due = new LinkedHashMap<>();
        synchronized (pending) {
            sent.values().removeIf(at -> !at.plus(interval).isAfter(now));
            Iterator<Map.Entry<String, TreeMap<Instant, Long>>> all =
                    pending.entrySet().iterator();
            while (all.hasNext()) {
                Map.Entry<String, TreeMap<Instant, Long>> one = all.next();
                if (!sent.containsKey(one.getKey())) {
                    one.getValue()
                            .forEach(
                                    (minute, revision) -> due.put(new ClassroomMinute(one.getKey(), minute), revision));
                    sent.put(one.getKey(), now);
                    all.remove();
                }
            }
        }
        return due;
    }

    private void publishDue() {
        Map<ClassroomMinute, Long> due = due();
        if (due.isEmpty()) {
            return;
        }
        try {
            for (MinuteRollup rollup : figures.minutes(due)) {
                var _ = producer().send(EventCodec.encode(event(rollup)));
            }
        } catch (RuntimeException e) {
            // Anything: an exception would end the timer.
            LOG.warnf("Live figures of %d minutes were not published: %s", due.size(), e.getMessage());
        }
    }

    private Event<MinuteRollup> event(MinuteRollup rollup) {
        String id = rollup.classroom() + "/" + rollup.start() + "/" + rollup.revision();
        return new Event<>(id, "/metrics", EventType.ROLLUP_UPDATED, rollup.classroom(), clock.instant(), rollup);
    }

    private Producer<String, byte[]> producer() {
        if (producer == null) {
            producer = new KafkaProducer<>(brokers, new StringSerializer(), new ByteArraySerializer());
        }
        return producer;
    }

    @PreDestroy
    void stop() {
        timer.shutdownNow();
        try {
            if (timer.awaitTermination(5, TimeUnit.SECONDS) && producer != null) {
                producer.close(Duration.ofSeconds(1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

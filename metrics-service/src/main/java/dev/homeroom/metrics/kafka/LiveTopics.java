package dev.homeroom.metrics.kafka;

import dev.homeroom.contracts.alert.AlertChange;
import dev.homeroom.contracts.event.Topics;
import dev.homeroom.contracts.rollup.MinuteRollup;
import dev.homeroom.metrics.core.stream.Change;
import dev.homeroom.metrics.core.stream.Input;
import dev.homeroom.metrics.core.stream.Rollup;
import dev.homeroom.metrics.stream.StreamHub;
import dev.homeroom.metrics.stream.StreamSettings;
import dev.homeroom.platform.event.EventCodec;
import dev.homeroom.platform.event.UndecodableEventException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads alert changes and rollups for the streams: every replica all of them, without a group, from a little before the
 * end. A record goes to the hub as soon as the broker has it. What cannot be read is passed by: a hole in the numbers is
 * noticed by the hub, which fetches what is missing from its owner.
 */
@Singleton
public class LiveTopics {
    private static final Logger LOG = Logger.getLogger(LiveTopics.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long PAUSE_MILLIS = 1000;

    private final Map<String, Object> settings;
    private final StreamHub hub;
    private final int readBack;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile String trouble = "not started";
    private volatile @Nullable Consumer<String, byte[]> consumer;

    /** On the brokers of the application's {@code kafka.*} settings. */
    @Inject
    public LiveTopics(
            @Identifier("default-kafka-broker") Map<String, Object> kafka, StreamHub hub, StreamSettings stream) {
        this.hub = hub;
        this.readBack = stream.readBack();
        this.settings = new HashMap<>(kafka);
        settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // After a cut of the topic the oldest record is right: the hub knows what it has seen, and notices the hole.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    }

    /** What keeps the streams from hearing news; empty when nothing does. */
    public String trouble() {
        return trouble;
    }

    void start(@Observes StartupEvent event) {
        Thread.ofPlatform().name("live-topics").daemon().start(this::run);
    }

    void stop(@Observes ShutdownEvent event) {
        stopped.countDown();
        Consumer<String, byte[]> reading = consumer;
        if (reading != null) {
            reading.wakeup();
        }
    }

    private void run() {
        try {
            do {
                try (var fresh = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
                    consumer = fresh;
                    read(fresh);
                } catch (WakeupException | InterruptException e) {
                    LOG.debug("The live topics are left");
                } catch (KafkaException e) {
                    trouble = String.valueOf(e.getMessage());
                    LOG.warnf("The live topics cannot be read now: %s", trouble);
                } catch (RuntimeException e) {
                    // Whatever it is, the streams must not fall silent for good, nor call themselves well.
                    trouble = String.valueOf(e);
                    LOG.error("The live topics cannot be followed; trying again", e);
                } finally {
                    consumer = null;
                }
            } while (!stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(Consumer<String, byte[]> from) throws InterruptedException {
        List<TopicPartition> partitions = partitions(from);
        if (partitions.isEmpty()) {
            trouble = "the topics are not there yet";
            return;
        }
        from.assign(partitions);
        Map<TopicPartition, Long> begin = from.beginningOffsets(partitions);
        from.endOffsets(partitions)
                .forEach((partition, end) ->
                        from.seek(partition, Math.max(begin.getOrDefault(partition, 0L), end - readBack)));
        trouble = "";
        while (stopped.getCount() > 0) {
            for (ConsumerRecord<String, byte[]> each : from.poll(POLL)) {
                Input input = input(each);
                if (input != null) {
                    hub.record(input);
                }
            }
        }
    }

    private static List<TopicPartition> partitions(Consumer<?, ?> from) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : List.of(Topics.ALERTS, Topics.ROLLUPS)) {
            var found = from.partitionsFor(topic);
            if (found == null || found.isEmpty()) {
                return List.of();
            }
            found.forEach(each -> partitions.add(new TopicPartition(topic, each.partition())));
        }
        return partitions;
    }

    private static @Nullable Input input(ConsumerRecord<String, byte[]> received) {
        try {
            String json = received.value() == null ? "" : new String(received.value(), StandardCharsets.UTF_8);
            return switch (EventCodec.decode(received).data()) {
                case AlertChange alert ->
                    new Input.Changed(new Change(alert.classroom(), alert.epoch(), alert.seq(), json));
                case MinuteRollup rollup ->
                    new Input.Counted(
                            new Rollup(rollup.classroom(), rollup.start().toEpochMilli(), rollup.revision(), json));
                default -> null;
            };
        } catch (UndecodableEventException e) {
            LOG.warnf(
                    "%s-%d@%d cannot be streamed: %s",
                    received.topic(), (Integer) received.partition(), (Long) received.offset(), e.reason());
            return null;
        }
    }
}

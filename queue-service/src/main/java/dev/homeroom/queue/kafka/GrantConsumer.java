package dev.homeroom.queue.kafka;

import dev.homeroom.contracts.event.Event;
import dev.homeroom.contracts.event.Topics;
import dev.homeroom.contracts.grant.GrantChange;
import dev.homeroom.contracts.grant.GrantGap;
import dev.homeroom.platform.event.DeadLetters;
import dev.homeroom.platform.event.EventCodec;
import dev.homeroom.platform.event.UndecodableEventException;
import dev.homeroom.queue.core.Cause;
import dev.homeroom.queue.core.GrantEnd;
import dev.homeroom.queue.repair.GrantEnds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;

/**
 * Follows {@code homeroom.grants.v1}: one of the replicas reads each partition. The offset is committed after the rows have
 * changed, so an event may be applied twice, which changes nothing. An outage of Kafka is waited out; the sweep recovers
 * meanwhile, only slower.
 */
final class GrantConsumer implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(GrantConsumer.class);
    private static final String PREFIX = "task/";
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long PAUSE_MILLIS = 1_000;
    private static final Duration STOP = Duration.ofSeconds(10);

    private final Map<String, Object> settings;
    private final GrantEnds ends;
    private final DeadLetters deadLetters;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;

    GrantConsumer(String bootstrapServers, String group, GrantEnds ends, DeadLetters deadLetters) {
        this.settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "group.id",
                group,
                "enable.auto.commit",
                false,
                // A first start reads what is kept, too: an event that is old news changes nothing.
                "auto.offset.reset",
                "earliest",
                "max.poll.records",
                1_000,
                "fetch.max.wait.ms",
                100);
        this.ends = ends;
        this.deadLetters = deadLetters;
        this.thread = Thread.ofPlatform().name("grant-events").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (stopping.getCount() > 0) {
            try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
                consumer.subscribe(List.of(Topics.GRANTS));
                follow(consumer);
            } catch (WakeupException e) {
                LOG.debug("Grant events: woken to stop");
            } catch (KafkaException e) {
                LOG.warnf("Grant events cannot be read: %s; trying again", e.getMessage());
                pause();
            } catch (RuntimeException e) {
                // Whatever it is, the queue must not go deaf for good; meanwhile the sweep sees what ended.
                LOG.error("Grant events cannot be followed; trying again", e);
                pause();
            }
        }
    }

    private void follow(KafkaConsumer<String, byte[]> consumer) {
        while (stopping.getCount() > 0) {
            var records = consumer.poll(POLL);
            if (records.isEmpty()) {
                continue;
            }
            try {
                apply(records);
                consumer.commitSync();
            } catch (CompletionException | IllegalStateException e) {
                LOG.warnf("Grant events wait for the database: %s", e.getMessage());
                firstOffsets(records).forEach(consumer::seek);
                pause();
            }
        }
    }

    private void apply(ConsumerRecords<String, byte[]> records) {
        var ended = new ArrayList<GrantEnd>();
        boolean gap = false;
        for (var received : records) {
            var event = decoded(received);
            if (event.isEmpty()) {
                continue;
            }
            switch (event.get().data()) {
                case GrantChange change -> end(change).ifPresent(ended::add);
                case GrantGap _ -> gap = true;
                default -> LOG.debugf("Not about grants: %s", event.get().type());
            }
        }
        ends.apply(ended).toCompletableFuture().join();
        if (gap) {
            LOG.warn("The coordinator dropped grant events; comparing rows and grants instead");
            ends.resynchronise().toCompletableFuture().join();
        }
    }

    private Optional<Event<?>> decoded(ConsumerRecord<String, byte[]> received) {
        try {
            return Optional.of(EventCodec.decode(received));
        } catch (UndecodableEventException e) {
            if (!e.isUnknownType()) {
                deadLetters.send(received, e.reason());
            }
            return Optional.empty();
        }
    }

    /** The end of a claim on a task; other grants are nothing to the queue. */
    private static Optional<GrantEnd> end(GrantChange change) {
        if (!change.kind().equals("claim")
                || !change.change().equals("ended")
                || !change.name().startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            var task = UUID.fromString(change.name().substring(PREFIX.length()));
            var cause = Cause.ofGrantEnd(change.reason());
            return Optional.of(new GrantEnd(task, change.token(), cause, change.reason()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Map<TopicPartition, OffsetAndMetadata> firstOffsets(ConsumerRecords<String, byte[]> records) {
        var first = new java.util.HashMap<TopicPartition, OffsetAndMetadata>();
        for (var partition : records.partitions()) {
            first.put(
                    partition,
                    new OffsetAndMetadata(records.records(partition).getFirst().offset()));
        }
        return first;
    }

    private void pause() {
        try {
            if (stopping.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.debug("Grant events: stopping");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stopping.countDown();
        try {
            if (!thread.join(STOP)) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

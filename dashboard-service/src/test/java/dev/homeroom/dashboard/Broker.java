package dev.homeroom.dashboard;

import dev.homeroom.contracts.alert.AlertChange;
import dev.homeroom.contracts.event.Event;
import dev.homeroom.contracts.event.EventType;
import dev.homeroom.contracts.event.Topics;
import dev.homeroom.contracts.frustration.EpisodeChange;
import dev.homeroom.contracts.frustration.Evidence;
import dev.homeroom.contracts.student.StudentErased;
import dev.homeroom.platform.event.EventCodec;
import dev.homeroom.platform.event.EventIds;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** The tests' hand on Kafka: publishes what metrics-service would, and reads what came of it. */
final class Broker implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaProducer<String, byte[]> producer;
    private final String brokers;

    Broker(String brokers) {
        this.brokers = brokers;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers, "acks", "all"), new StringSerializer(), new ByteArraySerializer());
    }

    static EpisodeChange episode(
            String classroom, String student, String id, long revision, String status, String level) {
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return new EpisodeChange(
                id,
                revision,
                status,
                classroom,
                student,
                "judge",
                "repeated-errors",
                level,
                0.8,
                "exercise 3",
                null,
                now.minusSeconds(120),
                status.equals("closed") ? now : null,
                new Evidence("4 or more errors within 2 minutes", Map.of("errors", 5.0), List.of(UUID.randomUUID())),
                now,
                null,
                null);
    }

    /** The same episode, told again as explained by a fault of the app; null: not any more. */
    static EpisodeChange suspected(EpisodeChange told, long revision, @Nullable String suspect) {
        return new EpisodeChange(
                told.id(),
                revision,
                told.status(),
                told.classroom(),
                told.student(),
                told.app(),
                told.detector(),
                told.level(),
                told.score(),
                told.target(),
                told.skill(),
                told.startedAt(),
                told.endedAt(),
                told.evidence(),
                told.causedAt(),
                suspect,
                told.standing());
    }

    void publish(EpisodeChange... changes) {
        for (var change : changes) {
            send(EventCodec.encode(new Event<>(
                    EventIds.fresh().toString(),
                    "/metrics",
                    EventType.EPISODE_CHANGED,
                    change.classroom(),
                    change.causedAt(),
                    change)));
        }
    }

    /** A student is to be forgotten. */
    void erase(String student) {
        var erased = new StudentErased(student, Instant.now().truncatedTo(ChronoUnit.MILLIS));
        send(EventCodec.encode(new Event<>(
                EventIds.fresh().toString(),
                "/metrics",
                EventType.STUDENT_ERASED,
                student,
                erased.erasedAt(),
                erased)));
    }

    void publishRaw(String classroom, byte[] value) {
        send(new ProducerRecord<>(Topics.FRUSTRATION, classroom, value));
    }

    private void send(ProducerRecord<String, byte[]> record) {
        try {
            producer.send(record).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("the broker did not take the record", e);
        }
    }

    /** The changes of a classroom on the topic, from the beginning, once there are as many as asked for. */
    List<AlertChange> changes(String classroom, int count) {
        return read(Topics.ALERTS, classroom, all -> all.size() >= count).stream()
                .map(record -> EventCodec.decode(record, AlertChange.class).data())
                .toList();
    }

    /** The records of a key, from the beginning of the topic, once they are enough. */
    List<ConsumerRecord<String, byte[]>> read(
            String topic, String key, Predicate<List<ConsumerRecord<String, byte[]>>> enough) {
        var settings = Map.<String, Object>of("bootstrap.servers", brokers);
        var found = new ArrayList<ConsumerRecord<String, byte[]>>();
        var end = Instant.now().plus(PATIENCE);
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(topic, p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!enough.test(found)) {
                if (Instant.now().isAfter(end)) {
                    throw new AssertionError("waited for " + key + " in " + topic + ", found " + found.size());
                }
                consumer.poll(POLL).forEach(record -> {
                    if (key.equals(record.key())) {
                        found.add(record);
                    }
                });
            }
        }
        return found;
    }

    @Override
    public void close() {
        producer.close();
    }
}

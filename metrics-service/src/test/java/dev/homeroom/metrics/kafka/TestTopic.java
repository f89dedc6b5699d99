package dev.homeroom.metrics.kafka;

import dev.homeroom.contracts.event.Event;
import dev.homeroom.contracts.event.EventType;
import dev.homeroom.contracts.event.Topics;
import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.platform.event.EventCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends usability events and reads what came of them. */
final class TestTopic implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final String brokers;
    private final KafkaProducer<String, byte[]> producer;

    TestTopic(String brokers) {
        this.brokers = brokers;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers, "linger.ms", 0),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    RecordMetadata send(MetricEvent event) throws Exception {
        return send(EventCodec.encode(envelope(event)));
    }

    /** Sends all of them, in this order, and returns once the broker has them. */
    void sendAll(List<MetricEvent> events) throws Exception {
        List<Future<RecordMetadata>> sent = new ArrayList<>(events.size());
        for (MetricEvent event : events) {
            sent.add(producer.send(EventCodec.encode(envelope(event))));
        }
        for (Future<RecordMetadata> one : sent) {
            one.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    RecordMetadata sendTo(int partition, MetricEvent event) throws Exception {
        ProducerRecord<String, byte[]> home = EventCodec.encode(envelope(event));
        return send(new ProducerRecord<>(home.topic(), partition, home.key(), home.value(), home.headers()));
    }

    RecordMetadata sendRaw(String classroom, byte[] value) throws Exception {
        return send(new ProducerRecord<>(Topics.USABILITY, classroom, value));
    }

    private RecordMetadata send(ProducerRecord<String, byte[]> sent) throws Exception {
        return producer.send(sent).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private static Event<MetricEvent> envelope(MetricEvent event) {
        return new Event<>(
                event.id().toString(),
                "/test",
                EventType.USABILITY_OBSERVED,
                event.classroom(),
                event.occurredAt(),
                event);
    }

    /** All records of {@code topic} up to the first that {@code wanted} accepts. */
    List<ConsumerRecord<String, byte[]>> await(String topic, Predicate<ConsumerRecord<String, byte[]>> wanted) {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", brokers),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = IntStream.range(0, Topics.PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<ConsumerRecord<String, byte[]>> seen = new ArrayList<>();
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < deadline) {
                for (ConsumerRecord<String, byte[]> received : consumer.poll(Duration.ofMillis(200))) {
                    seen.add(received);
                    if (wanted.test(received)) {
                        return seen;
                    }
                }
            }
            throw new AssertionError("nothing of the kind in " + topic + " among " + seen.size() + " records");
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}

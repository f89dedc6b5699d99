package dev.homeroom.coordinator;

import dev.homeroom.contracts.event.Event;
import dev.homeroom.contracts.grant.GrantChange;
import dev.homeroom.contracts.session.SessionChange;
import dev.homeroom.local.testing.TestKafka;
import dev.homeroom.platform.event.EventCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What a topic says of one key, from its beginning, in order. */
public final class EventLog implements AutoCloseable {
    private final KafkaConsumer<String, byte[]> consumer;
    private final List<Event<?>> events = new ArrayList<>();
    private final Predicate<Event<?>> wanted;

    /** Reads the events of a topic that are {@code wanted}. */
    public EventLog(String topic, Predicate<Event<?>> wanted) {
        this.wanted = wanted;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        TestKafka.bootstrapServers(),
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** What has arrived so far. */
    public List<Event<?>> read() {
        for (ConsumerRecord<String, byte[]> received : consumer.poll(Duration.ofMillis(200))) {
            Event<?> event = EventCodec.decode(received);
            if (wanted.test(event)) {
                events.add(event);
            }
        }
        return List.copyOf(events);
    }

    /** What has happened to a session, as {@code status/reason}. */
    public List<String> sessionWords() {
        return read().stream()
                .map(event -> (SessionChange) event.data())
                .map(change -> change.status() + "/" + change.reason())
                .toList();
    }

    /** What has happened to a resource, as {@code change/reason}. */
    public List<String> grantWords() {
        return read().stream()
                .map(event -> (GrantChange) event.data())
                .map(change -> change.change() + "/" + change.reason())
                .toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}

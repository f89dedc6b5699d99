package dev.homeroom.queue.kafka;

import dev.homeroom.contracts.event.Topics;
import dev.homeroom.contracts.task.TaskTransition;
import dev.homeroom.platform.event.EventCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads everything that was published of tasks: for each, its versions as they came. */
final class Reader implements AutoCloseable {
    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<UUID, List<Integer>> versions = new HashMap<>();

    Reader(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "enable.auto.commit", false),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        consumer.assign(IntStream.range(0, Topics.PARTITIONS)
                .mapToObj(partition -> new TopicPartition(Topics.TASKS, partition))
                .toList());
        consumer.seekToBeginning(consumer.assignment());
    }

    /** As they came, repetitions and all. */
    Map<UUID, List<Integer>> poll() {
        for (var received : consumer.poll(Duration.ofMillis(100))) {
            if (EventCodec.decode(received).data() instanceof TaskTransition step) {
                versions.computeIfAbsent(UUID.fromString(step.task()), _ -> new ArrayList<>())
                        .add((int) step.version());
            }
        }
        return versions;
    }

    @Override
    public void close() {
        consumer.close();
    }
}

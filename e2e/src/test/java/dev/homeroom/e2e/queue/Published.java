package dev.homeroom.e2e.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.homeroom.contracts.event.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Everything that stands in {@code homeroom.tasks.v1}, as a consumer sees it that drops what it has seen, by id. */
final class Published {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Map<String, List<JsonNode>> byTask = new HashMap<>();
    private final Set<String> ids = new HashSet<>();
    private long records;

    private Published() {}

    /** Reads all that is there at the time. */
    static Published read(String bootstrapServers) {
        Published published = new Published();
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers);
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.TASKS).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long start = System.nanoTime();
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                if (System.nanoTime() - start > LIMIT.toNanos()) {
                    throw new AssertionError("The end of " + Topics.TASKS + " was not reached in " + LIMIT);
                }
                consumer.poll(POLL).forEach(published::take);
            }
        }
        return published;
    }

    private void take(ConsumerRecord<String, byte[]> event) {
        records++;
        String id = new String(event.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8);
        if (ids.add(id)) {
            try {
                byTask.computeIfAbsent(event.key(), _ -> new ArrayList<>()).add(JSON.readTree(event.value()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The steps of a task in the order in which they were published. */
    List<JsonNode> of(String task) {
        return byTask.getOrDefault(task, List.of());
    }

    /** How many records came again. */
    long duplicates() {
        return records - ids.size();
    }
}

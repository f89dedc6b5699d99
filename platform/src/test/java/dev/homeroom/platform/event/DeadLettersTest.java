package dev.homeroom.platform.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.contracts.event.Topics;
import dev.homeroom.local.testing.TestKafka;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Map<String, Object> BROKERS = Map.of("bootstrap.servers", TestKafka.bootstrapServers());

    @Test
    void topicsAreMadeOnceWithTheirRetention() throws Exception {
        TopicCreator creator = new TopicCreator(TestKafka.bootstrapServers(), 1);
        creator.createAll(LIMIT);
        creator.createAll(LIMIT);
        try (Admin admin = Admin.create(BROKERS)) {
            var topics =
                    admin.describeTopics(TopicCreator.topics()).allTopicNames().get(30, TimeUnit.SECONDS);
            assertThat(topics).hasSize(18).containsKey("homeroom.usability.v1.dlq");
            assertThat(topics.values())
                    .allSatisfy(topic -> assertThat(topic.partitions()).hasSize(Topics.PARTITIONS));
            ConfigResource usability = new ConfigResource(ConfigResource.Type.TOPIC, Topics.USABILITY);
            var settings = admin.describeConfigs(List.of(usability)).all().get(30, TimeUnit.SECONDS);
            assertThat(settings.values())
                    .allSatisfy(
                            each -> assertThat(each.get("retention.ms").value()).isEqualTo("604800000"));
        }
    }

    @Test
    void aDeadLetterHoldsTheOriginalBytesAndTheReason() {
        new TopicCreator(TestKafka.bootstrapServers(), 1).createAll(LIMIT);
        byte[] bytes = {(byte) 0xff, 0, 1};
        ConsumerRecord<String, byte[]> poison = new ConsumerRecord<>(Topics.TASKS, 3, 42, "k", bytes);
        poison.headers().add("ce_id", "e-1".getBytes(UTF_8));
        try (DeadLetters letters = new DeadLetters(TestKafka.bootstrapServers())) {
            letters.send(poison, "x".repeat(600));
        }

        ConsumerRecord<byte[], byte[]> letter = first(Topics.deadLetters(Topics.TASKS));
        assertThat(letter.value()).isEqualTo(bytes);
        assertThat(letter.key()).isEqualTo("k".getBytes(UTF_8));
        assertThat(header(letter, "ce_id")).isEqualTo("e-1");
        assertThat(header(letter, "dlq_reason")).hasSize(500);
        assertThat(header(letter, "dlq_topic")).isEqualTo(Topics.TASKS);
        assertThat(header(letter, "dlq_partition")).isEqualTo("3");
        assertThat(header(letter, "dlq_offset")).isEqualTo("42");
    }

    private static ConsumerRecord<byte[], byte[]> first(String topic) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(BROKERS, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(consumer.partitionsFor(topic).stream()
                    .map(each -> new TopicPartition(topic, each.partition()))
                    .toList());
            consumer.seekToBeginning(consumer.assignment());
            return consumer.poll(LIMIT).iterator().next();
        }
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}

package dev.homeroom.metrics.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeroom.contracts.event.Topics;
import dev.homeroom.contracts.rollup.MinuteRollup;
import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import dev.homeroom.metrics.Samples;
import dev.homeroom.platform.event.EventCodec;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole way from the topic to the tables, with a real broker and a real database. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(JwtResource.class)
class FoldRunnerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @Inject
    DataSource database;

    @Inject
    FoldStatus status;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String brokers;

    private final String classroom = "c-" + UUID.randomUUID();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @SuppressWarnings("NullAway.Init") // made before each test
    private TestTopic topic;

    @BeforeEach
    void connect() {
        topic = new TestTopic(brokers);
    }

    @AfterEach
    void disconnect() {
        topic.close();
    }

    @Test
    void whatIsSentTwiceIsCountedOnceAndAnEpisodeOpens_RM1_RM3() throws Exception {
        for (int i = 0; i < 4; i++) {
            MetricEvent failed = Samples.attempt(classroom, "s1", false, now.minusSeconds(10 - i));
            topic.send(failed);
            topic.send(failed);
        }

        await().atMost(PATIENCE)
                .until(() -> number(
                                "SELECT count(*) FROM metrics.episode WHERE detector = 'repeated-errors' AND classroom = ?")
                        == 1);
        assertThat(number("SELECT count(*) FROM metrics.event WHERE classroom = ?"))
                .isEqualTo(4);
        assertThat(number("SELECT sum(errors)::bigint FROM metrics.minute_rollup WHERE classroom = ?"))
                .isEqualTo(4);
    }

    @Test
    void figuresOfAChangedMinuteArePublished_RM5() throws Exception {
        topic.send(Samples.attempt(classroom, "s1", true, now));
        topic.send(Samples.attempt(classroom, "s2", false, now));

        List<ConsumerRecord<String, byte[]>> told = topic.await(
                Topics.ROLLUPS,
                received -> classroom.equals(received.key())
                        && EventCodec.decode(received, MinuteRollup.class)
                                        .data()
                                        .events()
                                == 2);

        MinuteRollup rollup =
                EventCodec.decode(told.getLast(), MinuteRollup.class).data();
        assertThat(rollup.students()).isEqualTo(2);
        assertThat(rollup.errors()).isEqualTo(1);
        assertThat(rollup.successes()).isEqualTo(1);
        assertThat(rollup.start()).isEqualTo(now.truncatedTo(ChronoUnit.MINUTES));
    }

    @Test
    void recordsThatCannotBeTakenGoToTheDeadLettersAndTheRestGoesOn_RM1() throws Exception {
        MetricEvent good = Samples.attempt(classroom, "s1", true, now);
        // What only the database would refuse is found by PostgresFoldStoreTest: the decoder knows its bounds.
        RecordMetadata refused = topic.send(new MetricEvent(
                UUID.randomUUID(),
                classroom,
                "s1",
                "editor",
                "click",
                null,
                null,
                null,
                null,
                null,
                now,
                now,
                Map.of("text", "a\0b")));
        RecordMetadata garbage = topic.sendRaw(classroom, "{\"id\":".getBytes(StandardCharsets.UTF_8));
        RecordMetadata unknown =
                topic.send(Samples.event(UUID.randomUUID(), classroom, "s1", "dance", null, null, null, now));
        topic.send(good);

        await().atMost(PATIENCE).until(() -> number("SELECT count(*) FROM metrics.event WHERE classroom = ?") == 1);
        Set<String> offsets = new HashSet<>();
        List<ConsumerRecord<String, byte[]>> letters = topic.await(Topics.deadLetters(Topics.USABILITY), received -> {
            if (classroom.equals(received.key())) {
                offsets.add(header(received, "dlq_offset"));
            }
            return offsets.size() == 3;
        });
        assertThat(offsets)
                .containsExactlyInAnyOrder(
                        Long.toString(garbage.offset()),
                        Long.toString(unknown.offset()),
                        Long.toString(refused.offset()));
        assertThat(letters)
                .allSatisfy(letter -> assertThat(header(letter, "dlq_reason")).isNotEmpty());
    }

    @Test
    void aCutTopicIsReportedAndReadingGoesOn_RM1() throws Exception {
        RecordMetadata first = topic.send(Samples.attempt(classroom, "s1", true, now));
        topic.send(Samples.attempt(classroom, "s1", true, now));
        RecordMetadata last = topic.send(Samples.attempt(classroom, "s1", true, now));
        await().atMost(PATIENCE).until(() -> number("SELECT count(*) FROM metrics.event WHERE classroom = ?") == 3);

        // As if this replica had been away while the broker dropped what it had not read.
        TopicPartition partition = new TopicPartition(Topics.USABILITY, first.partition());
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(last.offset())))
                    .all()
                    .get();
        }
        update("UPDATE metrics.partition_offset SET next = %d WHERE partition = %d"
                .formatted(first.offset(), first.partition()));
        topic.send(Samples.attempt(classroom, "s1", true, now));

        await().atMost(PATIENCE).until(() -> number("SELECT count(*) FROM metrics.event WHERE classroom = ?") == 4);
        assertThat(status.gaps())
                .anyMatch(gap -> gap.startsWith(
                        "partition %d: %d to %d".formatted(first.partition(), first.offset(), last.offset())));
        assertThat(number("SELECT count(*) FROM metrics.topic_gap WHERE reason <> ?"))
                .isPositive();
    }

    @Test
    void whenTheDatabaseDropsEveryConnectionTheFoldGoesOn_RM1() throws Exception {
        topic.send(Samples.attempt(classroom, "s1", true, now));
        await().atMost(PATIENCE).until(() -> number("SELECT count(*) FROM metrics.event WHERE classroom = ?") == 1);

        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
        }
        for (int i = 0; i < 4; i++) {
            topic.send(Samples.attempt(classroom, "s1", false, now.plusMillis(i + 1)));
        }

        topic.await(Topics.FRUSTRATION, received -> classroom.equals(received.key()));
        assertThat(number("SELECT count(*) FROM metrics.event WHERE classroom = ?"))
                .isEqualTo(5);
        assertThat(number("SELECT count(*) FROM metrics.episode WHERE detector = 'repeated-errors' AND classroom = ?"))
                .isEqualTo(1);
    }

    @Test
    void aRecordInTheWrongPartitionIsRefused_RM1() throws Exception {
        MetricEvent event = Samples.attempt(classroom, "s1", true, now);
        RecordMetadata home = topic.send(event);
        int elsewhere = (home.partition() + 1) % Topics.PARTITIONS;

        RecordMetadata misplaced = topic.sendTo(elsewhere, Samples.attempt(classroom, "s2", true, now));

        List<ConsumerRecord<String, byte[]>> letters = topic.await(
                Topics.deadLetters(Topics.USABILITY),
                received -> header(received, "dlq_partition").equals(Integer.toString(elsewhere))
                        && header(received, "dlq_offset").equals(Long.toString(misplaced.offset())));
        assertThat(header(letters.getLast(), "dlq_reason")).contains("partition " + home.partition());
    }

    private static String header(ConsumerRecord<?, ?> received, String name) {
        var header = received.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private long number(String query) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.prepareStatement(query)) {
            statement.setString(1, classroom);
            try (var rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : -1;
            }
        }
    }

    private void update(String sql) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}

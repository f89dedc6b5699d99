package dev.homeroom.platform.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeroom.local.testing.TestDatabase;
import dev.homeroom.local.testing.TestKafka;
import dev.homeroom.local.testing.TestPostgres;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The relay over a real PostgreSQL and a real broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutboxRelayTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final OutboxTable TABLE = OutboxTable.standard("parts", "outbox", "/parts");

    private final List<OutboxRelay> relays = new ArrayList<>();
    private final List<String> received = new ArrayList<>();
    private TestDatabase database = TestPostgres.freshDatabase();
    private Connection writer = open();
    private KafkaConsumer<String, byte[]> consumer = consumer();
    private String topic = "";

    @BeforeAll
    void makeTables() throws SQLException {
        execute("CREATE SCHEMA parts");
        execute("""
                CREATE TABLE parts.outbox (
                    position   bigint GENERATED ALWAYS AS IDENTITY,
                    xid        xid8        NOT NULL DEFAULT pg_current_xact_id(),
                    topic      text        NOT NULL,
                    key        text        NOT NULL,
                    event_id   text        NOT NULL,
                    event_type text        NOT NULL,
                    event_time timestamptz NOT NULL,
                    subject    text        NOT NULL,
                    data       jsonb       NOT NULL,
                    PRIMARY KEY (xid, position))""");
        execute(
                "CREATE TABLE parts.outbox_cursor (name text PRIMARY KEY, xid xid8 NOT NULL, position bigint NOT NULL)");
    }

    @BeforeEach
    void freshTopic() throws Exception {
        execute("TRUNCATE parts.outbox");
        received.clear();
        topic = "parts-" + UUID.randomUUID();
        try (Admin admin =
                Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, TestKafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get(30, TimeUnit.SECONDS);
        }
        consumer.assign(List.of(new TopicPartition(topic, 0)));
        consumer.seekToBeginning(consumer.assignment());
    }

    @AfterEach
    void stopRelays() {
        relays.forEach(OutboxRelay::close);
        relays.clear();
    }

    @AfterAll
    void closeAll() throws SQLException {
        consumer.close();
        writer.close();
        database.close();
    }

    @Test
    void publishesEveryRowOnceAndInOrder() throws SQLException {
        OutboxRelay relay = start();
        List<String> written = write(writer, 0, 1200);
        relay.wake();

        awaitReceived(written.size());
        assertThat(received).containsExactlyElementsOf(written);
    }

    @Test
    void carriesTheWholeEnvelope() throws SQLException {
        start();
        write(writer, 0, 1);

        ConsumerRecord<String, byte[]> record = awaitOne();
        assertThat(record.key()).isEqualTo("k");
        assertThat(new String(record.value(), UTF_8)).isEqualTo("{\"n\": 0}");
        assertThat(header(record, "ce_id")).isEqualTo("0");
        assertThat(header(record, "ce_type")).isEqualTo("t");
        assertThat(header(record, "ce_source")).isEqualTo("/parts");
        assertThat(header(record, "ce_subject")).isEqualTo("s");
        assertThat(header(record, "ce_time")).isEqualTo("2026-11-01T08:00:00.000Z");
    }

    @Test
    void doesNotMissATransactionThatBeganEarlierAndCommitsLater() throws SQLException {
        start();
        try (Connection slow = open()) {
            slow.setAutoCommit(false);
            write(slow, 0, 1);
            write(writer, 1, 2);
            write(writer, 2, 3);
            try (Connection observer = open()) {
                // Every later row is held back as long as the older transaction is open.
                assertThat(TABLE.read(observer, TABLE.cursor(observer), 10)).isEmpty();
            }
            slow.commit();
        }

        awaitReceived(3);
        assertThat(received).containsExactly("0", "1", "2");
    }

    @Test
    void onlyOneOfTwoRelaysIsActive() throws SQLException {
        OutboxRelay first = start();
        awaitActive(first);
        OutboxRelay second = start();
        List<String> written = write(writer, 0, 50);

        awaitReceived(written.size());
        assertThat(received).containsExactlyElementsOf(written);
        assertThat(first.isActive()).isTrue();
        assertThat(second.isActive()).isFalse();

        first.close();
        awaitActive(second);
    }

    @Test
    void anotherRelayTakesOverWhenTheConnectionOfTheFirstDies() throws SQLException {
        OutboxRelay first = start();
        awaitActive(first);
        start();
        List<String> written = new ArrayList<>(write(writer, 0, 20));
        awaitReceived(20);

        execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
                + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
        written.addAll(write(writer, 20, 40));

        await().atMost(PATIENCE).until(() -> {
            poll();
            return received.containsAll(written);
        });
        assertThat(received.stream().distinct()).containsExactlyElementsOf(written);
        assertThat(relays.stream().filter(OutboxRelay::isActive)).hasSize(1);
    }

    @Test
    void goesOnWhereItStoppedAndStaysBehindAnUnreachableBroker() throws SQLException {
        write(writer, 0, 3);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (OutboxRelay cutOff = new OutboxRelay(TABLE, this::open, "127.0.0.1:1", meters)) {
            cutOff.start();
            await().atMost(PATIENCE)
                    .until(() -> meters.counter("homeroom.outbox.failures", "table", TABLE.name())
                                    .count()
                            >= 1);
            assertThat(meters.counter("homeroom.outbox.published", "table", TABLE.name())
                            .count())
                    .isZero();
        }
        start();
        awaitReceived(3);
        assertThat(received).containsExactly("0", "1", "2");
    }

    @Test
    void countsWhatWaitsAndPrunesWhatIsLongPublished() throws SQLException {
        write(writer, 0, 7);
        Cursor before = TABLE.cursor(writer);
        assertThat(TABLE.backlog(writer, before, 5)).isEqualTo(5);
        assertThat(TABLE.prune(writer, before, 100)).isZero();
        Cursor last = TABLE.read(writer, before, 100).getLast().at();
        assertThat(TABLE.advance(writer, before, last)).isTrue();
        assertThat(TABLE.advance(writer, before, last))
                .as("only from where it is")
                .isFalse();
        assertThat(TABLE.backlog(writer, last, 5)).isZero();
        assertThat(TABLE.prune(writer, last, 4)).isEqualTo(4);
        assertThat(TABLE.prune(writer, last, 100)).isEqualTo(3);
    }

    private OutboxRelay start() {
        OutboxRelay relay = new OutboxRelay(TABLE, this::open, TestKafka.bootstrapServers(), new SimpleMeterRegistry());
        relays.add(relay);
        relay.start();
        return relay;
    }

    private List<String> write(Connection connection, int from, int to) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO parts.outbox (topic, key, event_id, event_type, event_time, subject, data)"
                        + " VALUES (?, 'k', ?, 't', '2026-11-01T08:00:00Z', 's', jsonb_build_object('n', ?))")) {
            for (int n = from; n < to; n++) {
                insert.setString(1, topic);
                insert.setString(2, Integer.toString(n));
                insert.setInt(3, n);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    private void awaitActive(OutboxRelay relay) {
        await().atMost(PATIENCE).until(relay::isActive);
    }

    private void awaitReceived(int count) {
        await().atMost(PATIENCE).until(() -> {
            poll();
            return received.size() >= count;
        });
    }

    private ConsumerRecord<String, byte[]> awaitOne() {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        await().atMost(PATIENCE).until(() -> {
            consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            return !records.isEmpty();
        });
        return records.getFirst();
    }

    private void poll() {
        consumer.poll(Duration.ofMillis(50)).forEach(record -> received.add(header(record, "ce_id")));
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = writer.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection open() {
        try {
            return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        TestKafka.bootstrapServers(),
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }
}

package dev.homeroom.metrics.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeroom.contracts.event.Topics;
import dev.homeroom.local.testing.TestKafka;
import dev.homeroom.metrics.Folding;
import dev.homeroom.metrics.Samples;
import dev.homeroom.metrics.Slice;
import dev.homeroom.metrics.StandInStore;
import dev.homeroom.metrics.core.Student;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** What can be seen of a fold that cannot go on. */
class FoldLagTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @BeforeAll
    static void topic() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", TestKafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(Topics.USABILITY, Topics.PARTITIONS, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(TopicExistsException.class);
        }
    }

    @Test
    @DisplayName("R-M1: while the database is away, health tells how many events wait, and more as they come")
    void lagWhileWaiting() throws Exception {
        String brokers = TestKafka.bootstrapServers();
        String classroom = "lag-" + UUID.randomUUID();
        try (TestTopic topic = new TestTopic(brokers)) {
            int partition = topic.send(Samples.attempt(classroom, "s1", true, Instant.now()))
                    .partition();
            try (Replica replica = new Replica(brokers, classroom, new Away(), new PGSimpleDataSource())) {
                await().atMost(PATIENCE).until(() -> lag(replica, partition) > 0);
                long before = lag(replica, partition);
                for (int i = 0; i < 5; i++) {
                    topic.send(Samples.attempt(classroom, "s1", true, Instant.now()));
                }
                await().atMost(PATIENCE).until(() -> lag(replica, partition) == before + 5);
                assertThat(new FoldHealth(replica.status()).call().getData().orElseThrow())
                        .extractingByKey("partition-" + partition)
                        .asString()
                        .startsWith("stopped at ")
                        .contains((before + 5) + " waiting: ")
                        .contains("gone");
                assertThat(replica.status().trouble()).isEmpty();
            }
        }
    }

    @Test
    @DisplayName("R-M1: however many students are silent, those who work do not wait for that")
    void eventsGoBetweenSilence() throws Exception {
        String brokers = TestKafka.bootstrapServers();
        String classroom = "silence-" + UUID.randomUUID();
        Silent store = new Silent(classroom);
        try (TestTopic topic = new TestTopic(brokers);
                Replica replica = new Replica(brokers, classroom, store, new PGSimpleDataSource())) {
            await().atMost(PATIENCE).until(() -> store.announced.get() > 1_000);
            topic.send(Samples.attempt(classroom, "s1", true, Instant.now()));
            await().atMost(PATIENCE).until(() -> store.events.get() > 0);
            assertThat(replica.status().trouble()).isEmpty();
        }
    }

    @Test
    @DisplayName("R-M1: a fold without a broker says so in health")
    void noBroker() {
        // Nothing listens on the first port.
        try (Replica replica = new Replica("127.0.0.1:1", "nobody", new Away(), new PGSimpleDataSource())) {
            await().atMost(PATIENCE).until(() -> replica.status().trouble().equals("no broker is connected"));
            assertThat(new FoldHealth(replica.status()).call().getData().orElseThrow())
                    .containsEntry("trouble", "no broker is connected");
        }
    }

    private static long lag(Replica replica, int partition) {
        FoldStatus.Partition at = replica.status().partitions().get(partition);
        return at == null || at.trouble().isEmpty() ? 0 : at.lag();
    }

    /** A store whose database is away once the partitions are open. */
    private static final class Away extends StandInStore {
        @Override
        public Result commit(Slice slice, Folding folding) {
            return new Unavailable("gone");
        }
    }

    /** A store in which others fall silent for ever; nothing is kept. */
    private static final class Silent extends StandInStore {
        final AtomicInteger announced = new AtomicInteger();
        final AtomicInteger events = new AtomicInteger();
        private final String classroom;

        Silent(String classroom) {
            this.classroom = classroom;
        }

        @Override
        public Result commit(Slice slice, Folding folding) {
            slice.events().stream()
                    .filter(taken -> taken.student().classroom().equals(classroom))
                    .forEach(_ -> events.incrementAndGet());
            return new Committed(folding.fold(slice.events(), Map.of(), Samples.fold()), 0, 0);
        }

        @Override
        public List<Student> silent(int partition, Instant now, int limit) {
            int first = announced.getAndAdd(limit);
            return IntStream.range(first, first + limit)
                    .mapToObj(number -> new Student(classroom, "gone-" + number))
                    .toList();
        }
    }
}

package dev.homeroom.queue.kafka;

import static dev.homeroom.queue.testing.QueueDatabase.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeroom.local.kafka.EmbeddedKafka;
import dev.homeroom.local.process.Ports;
import dev.homeroom.platform.outbox.OutboxRelay;
import dev.homeroom.platform.outbox.OutboxTable;
import dev.homeroom.queue.core.FinishOrder;
import dev.homeroom.queue.core.GrantedClaim;
import dev.homeroom.queue.core.Hold;
import dev.homeroom.queue.core.NewTask;
import dev.homeroom.queue.core.Outcome;
import dev.homeroom.queue.core.Owner;
import dev.homeroom.queue.core.TaskGrant;
import dev.homeroom.queue.core.TaskStore;
import dev.homeroom.queue.testing.QueueDatabase;
import dev.homeroom.queue.testing.Tasks;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every transition is published by whichever replica is there, through the death of each part, in each task's order (R-Q12). */
class RelayReplicasTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Owner WORKER = new Owner("w", 1);

    private final List<OutboxRelay> relays = new ArrayList<>();
    private final List<Integer> ports = Ports.free(2);
    private final QueueDatabase database = new QueueDatabase();
    private final TaskStore store = database.store();
    private long token;

    @TempDir
    private Path directory;

    private EmbeddedKafka kafka;

    @BeforeEach
    void start() throws IOException {
        kafka = broker();
    }

    @AfterEach
    void stop() {
        relays.forEach(OutboxRelay::close);
        kafka.kill();
        database.close();
    }

    @Test
    @DisplayName("R-Q12: whatever happens to relays, connections, transactions and Kafka, everything is told, in order")
    void everythingIsToldInOrder() throws SQLException, IOException {
        relays.add(relay(TransitionRows.table()));
        relays.add(relay(TransitionRows.table()));
        work(20);
        oneIsActive();
        var first = relays.stream().filter(OutboxRelay::isActive).findFirst().orElseThrow();
        first.close();
        relays.remove(first);
        relays.add(relay(TransitionRows.table()));
        work(20);
        oneIsActive();

        cutSeat();
        work(20);
        oneIsActive();

        commitLate(() -> work(20));

        kafka.kill();
        work(20);
        kafka = broker();
        work(5);
        assertEverythingWasTold();
        oneIsActive();
    }

    @Test
    @DisplayName(
            "R-Q12: a relay that is paused in the middle of publishing repeats events when it goes on, and nothing else")
    void aRelayIsPausedInTheMiddle() throws InterruptedException {
        var reached = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var rows = new AtomicInteger();
        var paused = relay(TransitionRows.table(row -> rows.incrementAndGet() == 30
                ? new PausingRecord(TransitionRows.read(row), reached, goOn)
                : TransitionRows.read(row)));
        relays.add(paused);
        work(20);
        assertThat(reached.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        // What the server does to a connection that is idle for too long.
        cutSeat();
        var other = relay(TransitionRows.table());
        relays.add(other);
        work(20);
        assertEverythingWasTold();
        goOn.countDown();
        await().atMost(PATIENCE).until(() -> !paused.isActive());
        work(20);
        assertEverythingWasTold();
        assertThat(other.isActive()).isTrue();
    }

    /** A record whose value is slow to come: the relay's thread stands still while it publishes. */
    private static final class PausingRecord extends ProducerRecord<String, byte[]> {
        private final CountDownLatch reached;
        private final CountDownLatch goOn;

        PausingRecord(ProducerRecord<String, byte[]> sound, CountDownLatch reached, CountDownLatch goOn) {
            super(sound.topic(), sound.partition(), sound.timestamp(), sound.key(), sound.value(), sound.headers());
            this.reached = reached;
            this.goOn = goOn;
        }

        @Override
        public byte[] value() {
            reached.countDown();
            try {
                if (!goOn.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    throw new IllegalStateException("nobody lets it go on");
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return super.value();
        }
    }

    private void cutSeat() {
        database.sql("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted"
                + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())");
    }

    /** A transaction that began before all of this writes its transition and ends after it. */
    private void commitLate(Runnable meanwhile) throws SQLException {
        var task = Tasks.task();
        join(store.enqueue(List.of(task)));
        try (var slow = database.connect()) {
            slow.setAutoCommit(false);
            try (var step = slow.prepareStatement(
                    "INSERT INTO queue.transition (task, version, at, from_state, to_state,"
                            + " cause, type, attempt) VALUES (?, 2, now(), 'pending', 'cancelled', 'cancelled', 'build', 0)")) {
                step.setObject(1, task.id());
                step.executeUpdate();
            }
            meanwhile.run();
            slow.commit();
        }
    }

    private void work(int count) {
        var tasks = IntStream.range(0, count).mapToObj(_ -> Tasks.task()).toList();
        join(store.enqueue(tasks));
        var claims = new ArrayList<GrantedClaim>();
        for (NewTask task : tasks) {
            var grant = new TaskGrant(task.id(), ++token, Instant.now().plusSeconds(60), Duration.ofMinutes(1));
            claims.add(new GrantedClaim(WORKER, 0, grant));
        }
        join(store.claim(claims));
        join(store.finish(claims.stream()
                .map(claim -> new FinishOrder(
                        new Hold(claim.grant().task(), "w", claim.grant().token()), new Outcome.Complete(null), 0))
                .toList()));
    }

    private void assertEverythingWasTold() {
        Map<UUID, List<Integer>> expected = new HashMap<>();
        database.sql("SELECT task, version FROM queue.transition ORDER BY task, version")
                .forEach(row -> expected.computeIfAbsent(row.getUUID("task"), _ -> new ArrayList<>())
                        .add(row.getInteger("version")));
        try (var reader = new Reader(kafka.bootstrapServers())) {
            await().atMost(PATIENCE).untilAsserted(() -> {
                var told = new HashMap<UUID, List<Integer>>();
                // A repetition is known by its id; leaving it out, each task's steps are in their order.
                reader.poll()
                        .forEach((task, versions) ->
                                told.put(task, versions.stream().distinct().toList()));
                assertThat(told).isEqualTo(expected);
            });
        }
    }

    private void oneIsActive() {
        await().atMost(PATIENCE)
                .until(() -> relays.stream().filter(OutboxRelay::isActive).count() == 1);
    }

    private OutboxRelay relay(OutboxTable table) {
        var relay = new OutboxRelay(table, database::connect, kafka.bootstrapServers(), new SimpleMeterRegistry());
        relay.start();
        return relay;
    }

    private EmbeddedKafka broker() throws IOException {
        return EmbeddedKafka.start(
                directory.resolve("data"), ports.getFirst(), ports.getLast(), directory.resolve("kafka.log"));
    }
}

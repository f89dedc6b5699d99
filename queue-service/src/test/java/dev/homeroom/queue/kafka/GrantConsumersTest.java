package dev.homeroom.queue.kafka;

import static dev.homeroom.queue.testing.QueueDatabase.join;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeroom.contracts.event.Event;
import dev.homeroom.contracts.event.EventType;
import dev.homeroom.contracts.grant.GrantChange;
import dev.homeroom.local.testing.TestKafka;
import dev.homeroom.platform.event.DeadLetters;
import dev.homeroom.platform.event.EventCodec;
import dev.homeroom.queue.Parts;
import dev.homeroom.queue.core.GrantedClaim;
import dev.homeroom.queue.core.Owner;
import dev.homeroom.queue.core.TaskGrant;
import dev.homeroom.queue.core.TaskStore;
import dev.homeroom.queue.repair.GrantEnds;
import dev.homeroom.queue.testing.CrashingStore;
import dev.homeroom.queue.testing.InMemoryAuthority;
import dev.homeroom.queue.testing.QueueDatabase;
import dev.homeroom.queue.testing.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The replicas share the coordinator's events, and one takes over what another leaves (R-Q2). */
class GrantConsumersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Owner HOLDER = new Owner("a", 1);
    private static final int TASKS = 60;

    private final String group = "queue-" + UUID.randomUUID();
    private long token;

    @Test
    @DisplayName(
            "R-Q2: ended claims go back through whichever replica hears of them, and when one is gone through the other")
    void replicasShareTheEvents() throws Exception {
        try (var database = new QueueDatabase();
                var letters = new DeadLetters(TestKafka.bootstrapServers())) {
            var heard = List.of(new AtomicInteger(), new AtomicInteger());
            var consumers = new ArrayList<GrantConsumer>();
            for (var count : heard) {
                consumers.add(consumer(database.store(), count, letters));
            }
            awaitMembers(2);
            end(claimed(database));
            awaitPending(database);
            assertThat(heard).as("each has its part").allMatch(count -> count.get() > 0);

            consumers.getFirst().close();
            end(claimed(database));
            awaitPending(database);
            consumers.getLast().close();
        }
    }

    private GrantConsumer consumer(TaskStore store, AtomicInteger heard, DeadLetters letters) {
        var counting = CrashingStore.of(
                store,
                method -> {
                    if (method.equals("grantsEnded")) {
                        heard.incrementAndGet();
                    }
                    return false;
                },
                _ -> false);
        var parts = Parts.of(counting, new InMemoryAuthority());
        var ends = new GrantEnds(counting, parts.sweep(), parts.bell());
        var consumer = new GrantConsumer(TestKafka.bootstrapServers(), group, ends, letters);
        consumer.start();
        return consumer;
    }

    private List<GrantedClaim> claimed(QueueDatabase database) {
        var claims = new ArrayList<GrantedClaim>();
        for (int n = 0; n < TASKS; n++) {
            var task = Tasks.task();
            join(database.store().enqueue(List.of(task)));
            var grant = new TaskGrant(task.id(), ++token, Instant.now().plusSeconds(60), Duration.ofMinutes(1));
            claims.add(new GrantedClaim(HOLDER, 0, grant));
        }
        join(database.store().claim(claims));
        return claims;
    }

    private void end(List<GrantedClaim> claims) throws ExecutionException, InterruptedException, TimeoutException {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", TestKafka.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (var claim : claims) {
                var name = "task/" + claim.grant().task();
                var change = new GrantChange(
                        "claim", name, "a", 1, name, claim.grant().token(), "ended", "expired", null, Instant.now());
                var id = UUID.randomUUID().toString();
                var event = new Event<>(
                        id, "/coordinator", EventType.GRANT_CHANGED, "claim:" + name, Instant.now(), change);
                producer.send(EventCodec.encode(event)).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
        }
    }

    private static void awaitPending(QueueDatabase database) {
        await().atMost(PATIENCE)
                .until(() -> database.sql("SELECT 1 FROM queue.task_state WHERE state = 'claimed'")
                        .isEmpty());
    }

    private void awaitMembers(int count) {
        try (var admin = Admin.create(Map.of("bootstrap.servers", TestKafka.bootstrapServers()))) {
            await().atMost(PATIENCE).ignoreException(ExecutionException.class).until(() -> {
                var described = admin.describeConsumerGroups(List.of(group)).describedGroups();
                var members = Objects.requireNonNull(described.get(group))
                        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                        .members();
                return members.stream()
                                .filter(member ->
                                        !member.assignment().topicPartitions().isEmpty())
                                .count()
                        == count;
            });
        }
    }
}

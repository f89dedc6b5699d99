package dev.homeroom.queue.http;

import static dev.homeroom.queue.http.Api.claim;
import static dev.homeroom.queue.http.Api.enqueued;
import static dev.homeroom.queue.http.Api.held;
import static dev.homeroom.queue.http.Api.post;
import static dev.homeroom.queue.http.Api.task;
import static dev.homeroom.queue.http.Api.unique;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeroom.contracts.event.Event;
import dev.homeroom.contracts.event.EventType;
import dev.homeroom.contracts.event.Topics;
import dev.homeroom.contracts.grant.GrantChange;
import dev.homeroom.contracts.task.TaskTransition;
import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import dev.homeroom.platform.event.EventCodec;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The coordinator's events come in, and the tasks' steps go out, over Kafka. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
@QuarkusTestResource(FakeCoordinatorResource.class)
class GrantEventsHttpTest {
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Test
    @DisplayName("R-Q2: a claim that expires, or is taken away (R-S6, R-L9), goes back to pending")
    void whatEndsComesBack() throws Exception {
        String type = unique();
        var reasons = List.of("expired", "unconfirmed", "stolen", "forced");
        var ids = new ArrayList<String>();
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", kafka),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (String reason : reasons) {
                String id = enqueued(type);
                long token = claim(type);
                var ended = new GrantChange(
                        "claim",
                        "task/" + id,
                        "s-1",
                        1,
                        "task/" + id,
                        token,
                        "ended",
                        reason,
                        null,
                        Instant.now(),
                        "olga",
                        "stuck");
                var event = new Event<>(
                        "e:" + id, "/coordinator", EventType.GRANT_CHANGED, "claim:task/" + id, Instant.now(), ended);
                producer.send(EventCodec.encode(event)).get(10, TimeUnit.SECONDS);
                ids.add(id);
            }
        }
        for (String id : ids) {
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> task(id).getString("status").equals("pending"));
            assertThat(published(id, 3).getLast().cause()).isEqualTo("expired");
        }
    }

    @Test
    @DisplayName("R-Q2: a failed session's task goes back to pending, and its finish comes too late")
    void endOfAGrantComesOverKafkaAndPoisonGoesToTheDeadLetters() throws Exception {
        String type = unique();
        String id = enqueued(type);
        long token = claim(type);
        var ended = new GrantChange(
                "claim", "task/" + id, "s-1", 1, "task/" + id, token, "ended", "session-failed", null, Instant.now());
        var event = new Event<>(
                "e:" + id, "/coordinator", EventType.GRANT_CHANGED, "claim:task/" + id, Instant.now(), ended);
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", kafka),
                new StringSerializer(),
                new ByteArraySerializer())) {
            var sent = EventCodec.encode(event);
            var poison = new ProducerRecord<>(Topics.GRANTS, sent.key(), "poison".getBytes(UTF_8));
            producer.send(poison).get(10, TimeUnit.SECONDS);
            producer.send(sent).get(10, TimeUnit.SECONDS);
        }
        await().atMost(Duration.ofSeconds(20))
                .until(() -> task(id).getString("status").equals("pending"));
        post("/api/tasks/" + id + "/complete", "{\"session\":\"s-1\",\"token\":" + token + "}")
                .statusCode(409);
        assertThat(read(Topics.deadLetters(Topics.GRANTS), 1)).isNotEmpty();
    }

    @Test
    @DisplayName("R-Q12: every step is published, in its order")
    void stepsArePublished() {
        String type = unique();
        String id = enqueued(type);
        post("/api/tasks/" + id + "/fail", held(claim(type), ",\"retryable\":false"))
                .statusCode(200);
        post("/api/tasks/" + id + "/retry", "{}").statusCode(200);
        post("/api/tasks/" + id + "/complete", held(claim(type), "")).statusCode(200);
        var steps = published(id, 6);
        assertThat(steps)
                .extracting(TaskTransition::cause)
                .containsExactly("enqueued", "claimed", "failed", "retried", "claimed", "completed");
        assertThat(steps).extracting(TaskTransition::version).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    private List<TaskTransition> published(String id, int atLeast) {
        var transitions = new ArrayList<TaskTransition>();
        var records = new ArrayList<ConsumerRecord<String, byte[]>>();
        follow(Topics.TASKS, records, () -> {
            transitions.clear();
            records.stream()
                    .filter(r -> id.equals(r.key()))
                    .map(r -> EventCodec.decode(r, TaskTransition.class).data())
                    .sorted(java.util.Comparator.comparingLong(TaskTransition::version))
                    .forEach(transitions::add);
            return transitions.size() >= atLeast;
        });
        return transitions;
    }

    private List<ConsumerRecord<String, byte[]>> read(String topic, int atLeast) {
        var records = new ArrayList<ConsumerRecord<String, byte[]>>();
        follow(topic, records, () -> records.size() >= atLeast);
        return records;
    }

    private void follow(
            String topic, List<ConsumerRecord<String, byte[]>> records, java.util.concurrent.Callable<Boolean> enough) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", kafka, "group.id", UUID.randomUUID().toString(), "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic));
            await().atMost(Duration.ofSeconds(20)).pollInSameThread().until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                return enough.call();
            });
        }
    }
}

package dev.homeroom.queue.http;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

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
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
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
import org.junit.jupiter.api.Test;

/** The service as a whole: HTTP, security, PostgreSQL, Kafka; the coordinator is one that speaks its gRPC. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
@QuarkusTestResource(FakeCoordinatorResource.class)
class TaskApiTest {
    private static final String PROBLEM = "application/problem+json";

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String kafka;

    @Test
    void taskGoesFromEnqueueToCompleted() {
        String type = unique();
        String id = enqueue("{\"type\":\"" + type + "\",\"payload\":{\"b\":[1,2.50],\"a\":\"x\"},\"lesson\":\"l\"}");
        long token = claim(type).body("tasks", hasSize(1)).extract().jsonPath().getLong("tasks[0].token");
        as("agent").get("/api/tasks/" + id).then().statusCode(200).body("status", equalTo("claimed"));
        String done = "{\"session\":\"s-1\",\"token\":" + token + ",\"result\":{\"ok\":true}}";
        post("/api/tasks/" + id + "/complete", done).statusCode(200).body("status", equalTo("completed"));
        post("/api/tasks/" + id + "/complete", done).statusCode(200).body("result.ok", equalTo(true));
        post("/api/tasks/" + id + "/fail", "{\"session\":\"s-1\",\"token\":" + token + "}")
                .statusCode(409)
                .contentType(PROBLEM)
                .body("type", equalTo("urn:homeroom:problem:stale-token"));
        as("operator")
                .get("/api/tasks/" + id)
                .then()
                .body("status", equalTo("completed"))
                .body("payload.b[1]", equalTo(2.5f))
                .body("result.ok", equalTo(true));
        as("operator")
                .get("/api/tasks/" + id + "/history")
                .then()
                .body("items.cause", equalTo(List.of("enqueued", "claimed", "completed")));
        assertThat(published(id, 3))
                .extracting(TaskTransition::cause)
                .containsExactly("enqueued", "claimed", "completed");
    }

    @Test
    void idempotencyKeyAnswersTheFirstTask() {
        String key = unique();
        String body = "{\"type\":\"t\",\"idempotencyKey\":\"" + key + "\",\"payload\":{\"a\":1,\"b\":2}}";
        String id = enqueue(body);
        post("/api/tasks", "{\"type\":\"t\",\"idempotencyKey\":\"" + key + "\",\"payload\":{\"b\":2,\"a\":1}}")
                .statusCode(200)
                .body("duplicate", equalTo(true))
                .body("id", equalTo(id));
        post("/api/tasks", body.replace("\"a\":1", "\"a\":9"))
                .statusCode(409)
                .body("type", equalTo("urn:homeroom:problem:idempotency-key-reused"))
                .body("existing.id", equalTo(id));
    }

    @Test
    void badLineIsReportedByItsNumberAndLosesNothingElse() {
        String type = unique();
        String lines = "{\"type\":\"" + type + "\"}\n"
                + "{\"type\":\n"
                + "\n"
                + "{\"type\":\"" + type + "\",\"colour\":\"red\"}\n"
                + "{\"type\":\"" + type + "\",\"priority\":11}\n"
                + "{\"type\":\"" + type + "\",\"idempotencyKey\":\"" + type + "\"}\n"
                + "{\"type\":\"" + type + "\",\"idempotencyKey\":\"" + type + "\"}";
        as("agent")
                .contentType("application/x-ndjson")
                .body(lines.getBytes(UTF_8))
                .post("/api/tasks/batch")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(2))
                .body("duplicates", equalTo(1))
                .body("rejected.line", equalTo(List.of(2, 4, 5)))
                .body("rejected[0].type", equalTo("urn:homeroom:problem:malformed"))
                .body("rejected[1].type", equalTo("urn:homeroom:problem:invalid"))
                .body("ids", hasSize(3));
        as("operator").get("/api/tasks?type=" + type).then().body("items", hasSize(2));
    }

    @Test
    void arrayIsABatchTooAndBrokenJsonStoresNothing() {
        String type = unique();
        String one = "{\"type\":\"" + type + "\"}";
        post("/api/tasks/batch", "[" + one + "," + one + ",7]")
                .body("accepted", equalTo(2))
                .body("rejected[0].line", equalTo(3));
        String other = unique();
        post("/api/tasks/batch", "[{\"type\":\"" + other + "\"},")
                .statusCode(400)
                .contentType(PROBLEM);
        as("operator").get("/api/tasks?type=" + other).then().body("items", empty());
    }

    @Test
    void listIsPagedByKeyset() {
        String type = unique();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(enqueue("{\"type\":\"" + type + "\"}"));
        }
        List<String> seen = new ArrayList<>();
        String after = "";
        while (after != null) {
            var page = as("operator")
                    .get("/api/tasks?limit=2&status=pending&type=" + type + (after.isEmpty() ? "" : "&after=" + after))
                    .jsonPath();
            seen.addAll(page.getList("items.id", String.class));
            after = page.getString("next");
        }
        assertThat(seen).containsExactlyElementsOf(ids.reversed());
        as("operator").get("/api/tasks/stats").then().body("byStatus.pending", greaterThan(4));
    }

    @Test
    void everyRouteNeedsATokenAndARole() {
        given().contentType("application/json")
                .body("{}")
                .post("/api/tasks")
                .then()
                .statusCode(401)
                .contentType(PROBLEM);
        given().get("/api/tasks").then().statusCode(401);
        for (String role : List.of("teacher", "app")) {
            as(role).contentType("application/json")
                    .body("{\"type\":\"t\"}")
                    .post("/api/tasks")
                    .then()
                    .statusCode(403);
            as(role).get("/api/tasks/stats").then().statusCode(403).contentType(PROBLEM);
        }
        as("operator")
                .contentType("application/json")
                .body("{}")
                .post("/api/tasks/claim")
                .then()
                .statusCode(403);
        as("admin").get("/api/tasks/stats").then().statusCode(200);
        as("agent").get("/q/metrics").then().statusCode(403);
        as("operator").get("/q/metrics").then().statusCode(200);
        given().get("/q/health/ready").then().statusCode(200);
    }

    @Test
    void badInputIsRefusedWithAProblem() {
        Map.of(
                        "{",
                        400,
                        "{}",
                        400,
                        "{\"type\":\"\"}",
                        400,
                        "{\"type\":\"t\",\"colour\":1}",
                        400,
                        "{\"type\":\"t\",\"priority\":\"high\"}",
                        400,
                        "{\"type\":\"t\",\"delay\":\"PT-5S\"}",
                        400,
                        "{\"type\":\"t\",\"lesson\":\"" + "x".repeat(201) + "\"}",
                        400,
                        "{\"type\":\"t\",\"payload\":\"" + "x".repeat(70_000) + "\"}",
                        413)
                .forEach((body, status) -> post("/api/tasks", body)
                        .statusCode(status)
                        .contentType(PROBLEM)
                        .body("type", startsWith("urn:homeroom:problem:")));
        String nobody = UUID.randomUUID().toString();
        post("/api/tasks/" + nobody + "/complete", "{\"session\":\"s-1\",\"token\":1}")
                .statusCode(404);
        post("/api/tasks/" + nobody + "/complete", "{\"session\":\"s-1\"}").statusCode(400);
        post("/api/tasks/claim", "{\"session\":\"unknown\",\"incarnation\":1}").statusCode(404);
        post("/api/tasks/claim", "{\"session\":\"failed\",\"incarnation\":1}")
                .statusCode(409)
                .body("type", equalTo("urn:homeroom:problem:session-ended"));
        post("/api/tasks/claim", "{\"session\":\"s-1\",\"incarnation\":7}")
                .statusCode(409)
                .body("type", equalTo("urn:homeroom:problem:stale-incarnation"));
        as("operator").get("/api/tasks?status=lost").then().statusCode(400).contentType(PROBLEM);
    }

    @Test
    void longPollIsAnsweredWhenATaskComes() throws InterruptedException {
        String type = unique();
        var claimed = new ArrayList<String>();
        var waiting = Thread.ofVirtual()
                .start(() -> claimed.addAll(post(
                                "/api/tasks/claim",
                                "{\"session\":\"s-2\",\"incarnation\":1,\"wait\":\"PT20S\",\"types\":[\"" + type
                                        + "\"]}")
                        .extract()
                        .jsonPath()
                        .getList("tasks.id", String.class)));
        String id = enqueue("{\"type\":\"" + type + "\"}");
        assertThat(waiting.join(Duration.ofSeconds(15))).isTrue();
        assertThat(claimed).containsExactly(id);
    }

    @Test
    void heldTaskNamesItsHolder() {
        String type = unique();
        String id = enqueue("{\"type\":\"" + type + "\"}");
        post("/api/tasks/" + id + "/claim", "{\"session\":\"s-1\",\"incarnation\":1}")
                .statusCode(200);
        post("/api/tasks/" + id + "/claim", "{\"session\":\"s-2\",\"incarnation\":1}")
                .statusCode(409)
                .body("type", equalTo("urn:homeroom:problem:held"))
                .body("holder.session", equalTo("s-1"))
                .body("holder.heartbeatAgeSeconds", notNullValue());
    }

    @Test
    void whatWasTakenFromASessionComesBackLikeWhatExpired_R_S6_R_L9() throws Exception {
        String type = unique();
        var reasons = List.of("unconfirmed", "stolen", "forced");
        var ids = new ArrayList<String>();
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", kafka),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (String reason : reasons) {
                String id = enqueue("{\"type\":\"" + type + "\"}");
                long token = claim(type).extract().jsonPath().getLong("tasks[0].token");
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
                    .until(() -> as("agent")
                            .get("/api/tasks/" + id)
                            .jsonPath()
                            .getString("status")
                            .equals("pending"));
            assertThat(published(id, 3).getLast().cause()).isEqualTo("expired");
        }
    }

    @Test
    void endOfAGrantComesOverKafkaAndPoisonGoesToTheDeadLetters() throws Exception {
        String type = unique();
        String id = enqueue("{\"type\":\"" + type + "\"}");
        long token = claim(type).extract().jsonPath().getLong("tasks[0].token");
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
                .until(() -> as("agent")
                        .get("/api/tasks/" + id)
                        .jsonPath()
                        .getString("status")
                        .equals("pending"));
        post("/api/tasks/" + id + "/complete", "{\"session\":\"s-1\",\"token\":" + token + "}")
                .statusCode(409);
        assertThat(read(Topics.deadLetters(Topics.GRANTS), 1)).isNotEmpty();
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

    private static String enqueue(String body) {
        return post("/api/tasks", body).statusCode(201).extract().jsonPath().getString("id");
    }

    private static ValidatableResponse claim(String type) {
        return post("/api/tasks/claim", "{\"session\":\"s-1\",\"incarnation\":1,\"types\":[\"" + type + "\"]}")
                .statusCode(200);
    }

    private static ValidatableResponse post(String path, String body) {
        return as("agent").contentType("application/json").body(body).post(path).then();
    }

    private static RequestSpecification as(String role) {
        return given().header("Authorization", "Bearer " + JwtResource.token(role));
    }

    private static String unique() {
        return "t-" + UUID.randomUUID();
    }
}

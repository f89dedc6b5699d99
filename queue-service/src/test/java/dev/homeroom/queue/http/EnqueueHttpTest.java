package dev.homeroom.queue.http;

import static dev.homeroom.queue.http.Api.PROBLEM;
import static dev.homeroom.queue.http.Api.as;
import static dev.homeroom.queue.http.Api.claim;
import static dev.homeroom.queue.http.Api.enqueue;
import static dev.homeroom.queue.http.Api.held;
import static dev.homeroom.queue.http.Api.post;
import static dev.homeroom.queue.http.Api.task;
import static dev.homeroom.queue.http.Api.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tasks come in (R-Q1). */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
@QuarkusTestResource(FakeCoordinatorResource.class)
class EnqueueHttpTest {
    @Test
    @DisplayName("R-Q1: a task is enqueued with everything that it can carry, and is given back with it")
    void everything() {
        String type = unique();
        String id =
                enqueue("{\"type\":\"" + type + "\",\"payload\":{\"b\":[1,2.50],\"a\":\"ä€😀\"},\"idempotencyKey\":\""
                        + type
                        + "\",\"priority\":9,\"lesson\":\"fractions\",\"runAt\":\"2099-01-01T00:00:00Z\",\"maxAttempts\":7,"
                        + "\"limits\":[\"host:a\",\"host:b\"],\"capabilities\":[\"java\"],\"resolver\":\"bot\","
                        + "\"deadline\":\"2099-01-02T00:00:00Z\"}");
        as("operator")
                .get("/api/tasks/" + id)
                .then()
                .body("type", equalTo(type))
                .body("payload.b[1]", equalTo(2.5f))
                .body("payload.a", equalTo("ä€😀"))
                .body("idempotencyKey", equalTo(type))
                .body("priority", equalTo(9))
                .body("lesson", equalTo("fractions"))
                .body("runAt", equalTo("2099-01-01T00:00:00.000Z"))
                .body("maxAttempts", equalTo(7))
                .body("limits", equalTo(List.of("host:a", "host:b")))
                .body("capabilities", equalTo(List.of("java")))
                .body("resolver", equalTo("bot"))
                .body("deadline", equalTo("2099-01-02T00:00:00.000Z"))
                .body("status", equalTo("pending"))
                .body("attempt", equalTo(0));
        assertThat(task(enqueue("{\"type\":\"" + type + "\"}")).getMap("$"))
                .containsEntry("priority", 5)
                .containsEntry("maxAttempts", 4);
    }

    @Test
    @DisplayName("R-Q1: a repeat with the same key returns the first task, whatever its state")
    void repeatReturnsTheFirst() {
        String type = unique();
        String body = "{\"type\":\"" + type + "\",\"idempotencyKey\":\"" + type + "\",\"payload\":{\"a\":1,\"b\":2}}";
        String id = enqueue(body);
        String reordered = body.replace("\"a\":1,\"b\":2", "\"b\":2,\"a\":1");
        repeated(reordered, id, "pending");
        long token = claim(type);
        repeated(body, id, "claimed");
        post("/api/tasks/" + id + "/complete", held(token, ",\"result\":[1]")).statusCode(200);
        repeated(body, id, "completed");
    }

    private static void repeated(String body, String id, String status) {
        post("/api/tasks", body)
                .statusCode(200)
                .body("duplicate", equalTo(true))
                .body("id", equalTo(id))
                .body("status", equalTo(status));
    }

    @Test
    @DisplayName("R-Q1: a key with another payload is refused with both, and the first task stays as it is")
    void keyReused() {
        String key = unique();
        String id = enqueue("{\"type\":\"t\",\"idempotencyKey\":\"" + key + "\",\"payload\":{\"a\":1}}");
        post("/api/tasks", "{\"type\":\"u\",\"idempotencyKey\":\"" + key + "\",\"payload\":{\"a\":9}}")
                .statusCode(409)
                .contentType(PROBLEM)
                .body("type", equalTo("urn:homeroom:problem:idempotency-key-reused"))
                .body("existing.id", equalTo(id))
                .body("existing.type", equalTo("t"))
                .body("existing.payload", equalTo("{\"a\":1}"))
                .body("sent.type", equalTo("u"))
                .body("sent.payload", equalTo("{\"a\":9}"));
        assertThat(task(id).getString("payload.a")).isEqualTo("1");
        String large = "\"" + "x".repeat(60_000) + "\"";
        String shown = post(
                        "/api/tasks", "{\"type\":\"t\",\"idempotencyKey\":\"" + key + "\",\"payload\":" + large + "}")
                .statusCode(409)
                .extract()
                .asString();
        assertThat(shown.length()).isLessThan(5_000);
    }

    @Test
    @DisplayName("R-Q1: many at once, as an array; what is no array to its end stores nothing")
    void array() {
        String type = unique();
        String one = "{\"type\":\"" + type + "\"}";
        post("/api/tasks/batch", "[" + one + "," + one + ",7]")
                .statusCode(200)
                .body("accepted", equalTo(2))
                .body("rejected[0].line", equalTo(3));
        String other = unique();
        post("/api/tasks/batch", "[{\"type\":\"" + other + "\"},")
                .statusCode(400)
                .contentType(PROBLEM);
        as("operator").get("/api/tasks?type=" + other).then().body("items", empty());
    }

    @Test
    @DisplayName("R-Q1: a delay counts from now, and a run-at that is past counts as now")
    void dueTimes() {
        var before = Instant.now();
        var delayed = task(enqueue("{\"type\":\"t\",\"delay\":\"PT1H\"}"));
        assertThat(Instant.parse(delayed.getString("runAt"))).isAfter(before.plusSeconds(3_500));
        String type = unique();
        for (String past : List.of("1970-01-01T00:00:00Z", "2001-01-01T00:00:00+02:00")) {
            var task = task(enqueue("{\"type\":\"" + type + "\",\"runAt\":\"" + past + "\"}"));
            assertThat(task.getString("runAt")).isEqualTo(task.getString("createdAt"));
            assertThat(claim(type)).isPositive();
        }
    }

    @Test
    @DisplayName("R-Q1: a deadline that is past, or before the task is due, is refused")
    void deadlines() {
        for (String body : List.of(
                "\"deadline\":\"2001-01-01T00:00:00Z\"",
                "\"deadline\":\"2098-01-01T00:00:00Z\",\"runAt\":\"2099-01-01T00:00:00Z\"",
                "\"deadline\":\"" + Instant.now().plusSeconds(60) + "\",\"delay\":\"PT1H\"")) {
            post("/api/tasks", "{\"type\":\"t\"," + body + "}")
                    .statusCode(400)
                    .contentType(PROBLEM)
                    .body("type", equalTo("urn:homeroom:problem:invalid"))
                    .body("detail", containsString("deadline"));
        }
    }
}

package dev.homeroom.queue.http;

import static dev.homeroom.queue.http.Api.PROBLEM;
import static dev.homeroom.queue.http.Api.claim;
import static dev.homeroom.queue.http.Api.enqueued;
import static dev.homeroom.queue.http.Api.held;
import static dev.homeroom.queue.http.Api.post;
import static dev.homeroom.queue.http.Api.task;
import static dev.homeroom.queue.http.Api.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Holders end their attempts (R-Q3). */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
@QuarkusTestResource(FakeCoordinatorResource.class)
class FinishHttpTest {
    @Test
    @DisplayName("R-Q3: complete, skip, fail, release, snooze and cancel: each has its effect, and a repeat its answer")
    void everyOutcome() {
        Map.of(
                        "complete,\"result\":{\"ok\":true}", "completed",
                        "skip,\"reason\":\"not needed\"", "skipped",
                        "fail,\"retryable\":false,\"reason\":\"broken\"", "failed",
                        "fail,\"reason\":\"503\"", "pending",
                        "release", "pending",
                        "snooze,\"delay\":\"PT1H\"", "pending",
                        "cancel,\"reason\":\"never mind\"", "cancelled")
                .forEach((outcome, status) -> {
                    int comma = outcome.indexOf(',');
                    String operation = comma < 0 ? outcome : outcome.substring(0, comma);
                    String type = unique();
                    String path = "/api/tasks/" + enqueued(type) + "/" + operation;
                    String body = held(claim(type), comma < 0 ? "" : outcome.substring(comma));
                    String first = post(path, body)
                            .statusCode(200)
                            .body("status", equalTo(status))
                            .extract()
                            .asString();
                    assertThat(post(path, body).statusCode(200).extract().asString())
                            .as(operation)
                            .isEqualTo(first);
                });
    }

    @Test
    @DisplayName("R-Q3: only the holder of the current token finishes a task, once")
    void exactlyOnce() {
        String type = unique();
        String id = enqueued(type);
        long old = claim(type);
        post("/api/tasks/" + id + "/release", held(old, "")).statusCode(200);
        long token = claim(type);
        assertThat(token).isGreaterThan(old);
        stale(id, "complete", held(old, ""));
        stale(id, "complete", held(token, "").replace("s-1", "s-2"));
        String done = held(token, ",\"result\":{\"ok\":true}");
        post("/api/tasks/" + id + "/complete", done).statusCode(200);
        post("/api/tasks/" + id + "/complete", done).statusCode(200).body("result.ok", equalTo(true));
        stale(id, "fail", held(token, ""));
        assertThat(task(id).getString("status")).isEqualTo("completed");
    }

    private static void stale(String id, String operation, String body) {
        post("/api/tasks/" + id + "/" + operation, body)
                .statusCode(409)
                .contentType(PROBLEM)
                .body("type", equalTo("urn:homeroom:problem:stale-token"));
    }

    @Test
    @DisplayName("R-Q3: cancel takes a task from whoever holds it; what is over cannot be cancelled")
    void cancel() {
        String type = unique();
        String id = enqueued(type);
        long token = claim(type);
        post("operator", "/api/tasks/" + id + "/cancel", "{\"reason\":\"wrong\"}")
                .statusCode(200)
                .body("status", equalTo("cancelled"))
                .body("session", equalTo("s-1"))
                .body("error", equalTo("wrong"));
        post("operator", "/api/tasks/" + id + "/cancel", "{}").statusCode(200).body("error", equalTo("wrong"));
        stale(id, "complete", held(token, ""));
        String done = enqueued(type);
        post("/api/tasks/" + done + "/complete", held(claim(type), "")).statusCode(200);
        post("operator", "/api/tasks/" + done + "/cancel", "{}").statusCode(409);
    }

    @Test
    @DisplayName("R-Q3: a snoozed task is due later, and its attempt does not count")
    void snooze() {
        String type = unique();
        String id = enqueued(type);
        post("/api/tasks/" + id + "/snooze", held(claim(type), ",\"delay\":\"PT1H\""))
                .statusCode(200);
        var task = task(id);
        assertThat(task.getInt("attempt")).isZero();
        assertThat(Instant.parse(task.getString("runAt"))).isAfter(Instant.now().plus(Duration.ofMinutes(59)));
    }
}

package dev.homeroom.queue.http;

import static dev.homeroom.queue.http.Api.PROBLEM;
import static dev.homeroom.queue.http.Api.as;
import static dev.homeroom.queue.http.Api.claim;
import static dev.homeroom.queue.http.Api.enqueue;
import static dev.homeroom.queue.http.Api.enqueued;
import static dev.homeroom.queue.http.Api.failed;
import static dev.homeroom.queue.http.Api.held;
import static dev.homeroom.queue.http.Api.history;
import static dev.homeroom.queue.http.Api.post;
import static dev.homeroom.queue.http.Api.task;
import static dev.homeroom.queue.http.Api.unique;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Retries by themselves and by hand, and the deadline that ends them (R-Q4). */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
@QuarkusTestResource(FakeCoordinatorResource.class)
class RetryHttpTest {
    @Inject
    AgroalDataSource database;

    @Test
    @DisplayName("R-Q4: a failure goes back with exponential backoff and jitter, until the attempts are used up")
    void backoff() throws SQLException {
        String type = unique();
        String id = enqueue("{\"type\":\"" + type + "\",\"maxAttempts\":3}");
        for (int attempt = 1; attempt <= 2; attempt++) {
            var step = post("/api/tasks/" + id + "/fail", held(claim(type), ",\"reason\":\"503\""))
                    .statusCode(200)
                    .body("status", equalTo("pending"))
                    .body("cause", equalTo("retry"))
                    .body("attempt", equalTo(attempt))
                    .extract()
                    .jsonPath();
            var waits = Duration.between(Instant.parse(step.getString("at")), Instant.parse(step.getString("runAt")));
            // TASK_RETRY_BACKOFF is 5 s: half of it, and up to as much again, doubled by each attempt.
            assertThat(waits.toMillis()).isBetween(2_500L << (attempt - 1), 5_000L << (attempt - 1));
            sql("UPDATE queue.task_state SET run_at = now() WHERE id = '" + id + "'");
        }
        post("/api/tasks/" + id + "/fail", held(claim(type), "")).body("status", equalTo("failed"));
        assertThat(task(id).getInt("attempt")).isEqualTo(3);
    }

    @Test
    @DisplayName("R-Q4: a task may be retried TASK_MAX_RETRIES times (3), a type may say otherwise")
    void maxRetries() {
        assertThat(task(enqueued(unique())).getInt("maxAttempts")).isEqualTo(4);
        String fragile = enqueued("fragile.build");
        assertThat(task(fragile).getInt("maxAttempts")).isEqualTo(2);
        // So that no other test gets it, which claims by type.
        post("operator", "/api/tasks/" + fragile + "/cancel", "{}").statusCode(200);
    }

    @Test
    @DisplayName("R-Q4: a type's own backoff and claim timeout go before those of all")
    void typesOwnSettings() {
        String id = enqueued("fragile.build");
        long token = claim("fragile.build");
        var claimed = task(id);
        String plain = unique();
        String other = enqueued(plain);
        claim(plain);
        // The clock of the coordinator of the tests stands still: ten minutes against ninety seconds.
        assertThat(Duration.between(deadline(claimed), deadline(task(other)))).isEqualTo(Duration.ofSeconds(510));
        var step = post("/api/tasks/" + id + "/fail", held(token, "")).extract().jsonPath();
        var waits = Duration.between(Instant.parse(step.getString("at")), Instant.parse(step.getString("runAt")));
        assertThat(waits).isBetween(Duration.ofHours(1), Duration.ofHours(2));
        post("operator", "/api/tasks/" + id + "/cancel", "{}").statusCode(200);
    }

    private static Instant deadline(io.restassured.path.json.JsonPath task) {
        return Instant.parse(task.getString("claimDeadline"));
    }

    @Test
    @DisplayName("R-Q4: the worker may say when to try again")
    void retryAfter() {
        String type = unique();
        String id = enqueued(type);
        long token = claim(type);
        post("/api/tasks/" + id + "/fail", held(token, ",\"retryable\":false,\"retryAfter\":\"PT1S\""))
                .statusCode(400);
        post("/api/tasks/" + id + "/fail", held(token, ",\"retryAfter\":\"P400D\""))
                .statusCode(400);
        var step = post("/api/tasks/" + id + "/fail", held(token, ",\"retryAfter\":\"PT42M\""))
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(Duration.between(Instant.parse(step.getString("at")), Instant.parse(step.getString("runAt"))))
                .isEqualTo(Duration.ofMinutes(42));
    }

    @Test
    @DisplayName("R-Q4: one failed task is retried; a repeat gets the same answer; what is done is not done again")
    void retryOne() {
        String type = unique();
        String id = failed(type, ",\"limits\":[\"l\"],\"capabilities\":[]");
        String path = "/api/tasks/" + id + "/retry";
        String first = post("operator", path, "{\"reason\":\"api works again\"}")
                .statusCode(200)
                .body("status", equalTo("pending"))
                .body("cause", equalTo("retried"))
                .body("attempt", equalTo(0))
                .body("by", equalTo("test-operator"))
                .extract()
                .asString();
        assertThat(post("operator", path, "{}").statusCode(200).extract().asString())
                .isEqualTo(first);
        long token = claim(type);
        post("operator", path, "{}").statusCode(409).contentType(PROBLEM);
        post("/api/tasks/" + id + "/complete", held(token, "")).statusCode(200);
        post("operator", path, "{}").statusCode(409).body("taskStatus", equalTo("completed"));
        post("operator", "/api/tasks/" + UUID.randomUUID() + "/retry", "{}").statusCode(404);
        assertThat(history(id).getList("items.cause"))
                .isEqualTo(List.of("enqueued", "claimed", "failed", "retried", "claimed", "completed"));
        assertThat(history(id).getList("items.version")).isEqualTo(List.of(1, 2, 3, 4, 5, 6));
    }

    @Test
    @DisplayName("R-Q4: a cancelled task can be retried by its id, with a delay")
    void retryCancelled() {
        String id = enqueued(unique());
        post("operator", "/api/tasks/" + id + "/cancel", "{}").statusCode(200);
        post("operator", "/api/tasks/" + id + "/retry", "{\"delay\":\"PT1H\"}").statusCode(200);
        assertThat(Instant.parse(task(id).getString("runAt")))
                .isAfter(Instant.now().plusSeconds(3_500));
    }

    @Test
    @DisplayName("R-Q4: failed tasks are retried in bulk by a filter, in portions, and a repeat finds nothing")
    void retryInBulk() {
        String type = unique();
        var ids = IntStream.range(0, 5)
                .mapToObj(_ -> failed(type, ",\"lesson\":\"" + type + "\""))
                .toList();
        String spared = failed(unique(), "");
        String filter = "{\"type\":\"" + type + "\",\"lesson\":\"" + type + "\",\"error\":\"boo\",\"failedAfter\":\""
                + Instant.now().minusSeconds(600) + "\",\"failedBefore\":\"2999-01-01T00:00:00Z\",\"limit\":2";
        int retried = 0;
        String next = "";
        while (next != null) {
            var answer = post(
                            "operator",
                            "/api/tasks/retry-failed",
                            filter + (next.isEmpty() ? "" : ",\"after\":\"" + next + "\"") + "}")
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            assertThat(answer.getInt("retried")).isLessThanOrEqualTo(2);
            retried += answer.getInt("retried");
            next = answer.getString("next");
        }
        assertThat(retried).isEqualTo(5);
        as("operator").get("/api/tasks?status=pending&type=" + type).then().body("items", hasSize(5));
        post("operator", "/api/tasks/retry-failed", "{\"ids\":[\"" + ids.getFirst() + "\"]}")
                .statusCode(200)
                .body("retried", equalTo(0));
        assertThat(task(spared).getString("status")).isEqualTo("failed");
        post("operator", "/api/tasks/retry-failed", "{\"ids\":[\"" + spared + "\"]}")
                .body("retried", equalTo(1));
    }

    @Test
    @DisplayName("R-Q4: a retry in bulk needs a criterion, or all")
    void bulkNeedsACriterion() {
        for (String body : List.of(
                "{}",
                "{\"all\":false}",
                "{\"all\":true,\"type\":\"t\"}",
                "{\"ids\":[]}",
                "{\"type\":\"t\",\"limit\":0}",
                "{\"type\":\"t\",\"after\":\"x\"}",
                "{\"ids\":[null]}",
                "{\"type\":\"t\",\"delay\":\"-PT1S\"}")) {
            post("operator", "/api/tasks/retry-failed", body).statusCode(400).contentType(PROBLEM);
        }
        String type = unique();
        String id = failed(type, "");
        String body = "{\"all\":true}";
        for (String next = ""; next != null; body = "{\"all\":true,\"after\":\"" + next + "\"}") {
            next = post("operator", "/api/tasks/retry-failed", body)
                    .statusCode(200)
                    .extract()
                    .jsonPath()
                    .getString("next");
        }
        assertThat(task(id).getString("status")).isEqualTo("pending");
    }

    @Test
    @DisplayName("R-Q4: at its deadline a pending task fails, and is retried only with a new one")
    void deadline() throws SQLException {
        String id = enqueue("{\"type\":\"" + unique() + "\",\"deadline\":\"2099-01-01T00:00:00Z\"}");
        sql("UPDATE queue.task_state SET deadline = now() - interval '1 s' WHERE id = '" + id + "'");
        sql("UPDATE queue.task SET deadline = now() - interval '1 s' WHERE id = '" + id + "'");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> task(id).getString("status").equals("failed"));
        assertThat(history(id).getList("items.cause")).isEqualTo(List.of("enqueued", "deadline"));
        post("operator", "/api/tasks/" + id + "/retry", "{}")
                .statusCode(409)
                .contentType(PROBLEM)
                .body("detail", containsString("new one"));
        post("operator", "/api/tasks/retry-failed", "{\"ids\":[\"" + id + "\"]}")
                .body("retried", equalTo(0))
                .body("late", equalTo(1));
        post("operator", "/api/tasks/" + id + "/retry", "{\"deadline\":\"2099-06-01T00:00:00Z\"}")
                .statusCode(200);
        assertThat(task(id).getMap("$"))
                .containsAllEntriesOf(Map.of("status", "pending", "deadline", "2099-06-01T00:00:00.000Z"));
    }

    private void sql(String statement) throws SQLException {
        try (var connection = database.getConnection();
                var open = connection.createStatement()) {
            open.execute(statement);
        }
    }
}

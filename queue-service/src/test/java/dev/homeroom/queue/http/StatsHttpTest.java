package dev.homeroom.queue.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import dev.homeroom.queue.insight.StatsDesk;
import dev.homeroom.queue.testing.QueueDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Statistics (R-Q10) over HTTP, and the figures for Prometheus. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
@QuarkusTestResource(FakeCoordinatorResource.class)
class StatsHttpTest {
    private final String type = "t-" + UUID.randomUUID();

    @Inject
    StatsDesk desk;

    @Test
    @DisplayName("R-Q10: depth by state and type, what is due, and the age of the oldest")
    void depth() {
        enqueue("\"lesson\":\"l-" + type + "\"");
        enqueue("");
        enqueue("\"delay\":\"PT1H\"");
        claim();
        stats("?type=" + type)
                .body("byStatus.pending", equalTo(2))
                .body("byStatus.claimed", equalTo(1))
                .body("byStatus", not(hasKey("completed")))
                .body("due", equalTo(1))
                .body("oldestDue", notNullValue())
                .body("oldestDueAgeSeconds", greaterThanOrEqualTo(0))
                .body("types[0].name", equalTo(type))
                .body("types[0].pending", equalTo(2))
                .body("types[0].claimed", equalTo(1));
        stats("?lesson=l-" + type).body("lessons[0].name", equalTo("l-" + type));
        stats("")
                .body("byStatus", hasKey("completed"))
                .body("byStatus.pending", greaterThanOrEqualTo(2))
                .body("types.name", hasItem(type));
    }

    @Test
    @DisplayName("R-Q10: throughput, waits, runs and attempts of the window, written or not")
    void window() {
        for (int i = 0; i < 3; i++) {
            enqueue("\"maxAttempts\":1");
            finish("complete", "\"result\":{}");
        }
        enqueue("\"maxAttempts\":1");
        finish("fail", "\"reason\":\"no\",\"retryable\":true");
        enqueue("");
        for (int round = 0; round < 2; round++) {
            stats("?window=PT5M&type=" + type)
                    .body("throughput.total.enqueued", equalTo(5))
                    .body("throughput.total.claimed", equalTo(4))
                    .body("throughput.total.completed", equalTo(3))
                    .body("throughput.total.failed", equalTo(1))
                    .body("throughput.perMinute.completed", greaterThan(0f))
                    .body("latency.wait.count", equalTo(4))
                    .body("latency.wait.p50Ms", notNullValue())
                    .body("latency.run.count", equalTo(4))
                    .body("latency.run.p99Ms", notNullValue())
                    .body("latency.run.maxMs", notNullValue())
                    .body("attempts.tasks", equalTo(4))
                    .body("attempts.mean", equalTo(1f))
                    .body("attempts.distribution.1", equalTo(4))
                    .body("from", notNullValue());
            // The second time from the table; a window of its own, for answers are kept for a second.
            QueueDatabase.join(desk.flush());
            stats("?window=PT6M&type=" + type).body("throughput.total.enqueued", equalTo(5));
        }
        stats("?type=" + UUID.randomUUID())
                .body("latency.wait", nullValue())
                .body("throughput.total.enqueued", equalTo(0));
    }

    @Test
    @DisplayName("R-Q10: parameters have bounds, and operators and agents may look")
    void boundsAndRoles() {
        for (String window : List.of("PT59S", "PT6H1S", "soon")) {
            as("operator")
                    .get("/api/tasks/stats?window=" + window)
                    .then()
                    .statusCode(400)
                    .body("detail", containsString("window"));
        }
        as("agent").get("/api/tasks/stats").then().statusCode(200);
        as("teacher").get("/api/tasks/stats").then().statusCode(403);
    }

    @Test
    @DisplayName("R-Q10: Prometheus gets what happened to tasks, waits, runs, batches, calls and the pool")
    void meters() {
        enqueue("");
        finish("complete", "\"result\":{}");
        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            String figures = as("operator").get("/q/metrics").then().extract().asString();
            assertThat(figures)
                    .contains("homeroom_queue_tasks_total{event=\"completed\",type=")
                    .contains("homeroom_queue_wait_seconds_count{type=")
                    .contains("homeroom_queue_run_seconds_sum{type=")
                    .contains("homeroom_queue_batch_count{statement=\"finish\"")
                    .contains("homeroom_queue_grants_refused_total")
                    .contains("homeroom_queue_limits_exhausted")
                    .contains("homeroom_outbox_backlog")
                    .contains("method=\"ClaimTasks\"")
                    .contains("sql_pool_");
        });
    }

    private static ValidatableResponse stats(String query) {
        return as("operator").get("/api/tasks/stats" + query).then().statusCode(200);
    }

    private void finish(String how, String more) {
        var task = claim().extract().jsonPath();
        String id = task.getString("tasks[0].id");
        long token = task.getLong("tasks[0].token");
        post("/api/tasks/" + id + "/" + how, "{\"session\":\"s-1\",\"token\":" + token + "," + more + "}")
                .statusCode(200);
    }

    private ValidatableResponse claim() {
        return post("/api/tasks/claim", "{\"session\":\"s-1\",\"incarnation\":1,\"types\":[\"" + type + "\"]}")
                .statusCode(200);
    }

    private void enqueue(String more) {
        post("/api/tasks", "{\"type\":\"" + type + "\"" + (more.isEmpty() ? "" : "," + more) + "}")
                .statusCode(201);
    }

    private static ValidatableResponse post(String path, String body) {
        return as("agent").contentType("application/json").body(body).post(path).then();
    }

    private static RequestSpecification as(String role) {
        return given().header("Authorization", "Bearer " + JwtResource.token(role));
    }
}

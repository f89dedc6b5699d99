package dev.homeroom.queue.http;

import static dev.homeroom.queue.http.Api.claim;
import static dev.homeroom.queue.http.Api.enqueue;
import static dev.homeroom.queue.http.Api.enqueued;
import static dev.homeroom.queue.http.Api.held;
import static dev.homeroom.queue.http.Api.post;
import static dev.homeroom.queue.http.Api.task;
import static dev.homeroom.queue.http.Api.unique;
import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Sessions take tasks (R-Q2). That a claim which expires goes back to pending: {@link GrantEventsHttpTest}. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
@QuarkusTestResource(FakeCoordinatorResource.class)
class ClaimHttpTest {
    @Test
    @DisplayName("R-Q2: one is claimed, then a batch, and no more than there are")
    void oneAndMany() {
        String type = unique();
        IntStream.range(0, 4).forEach(_ -> enqueued(type));
        String claim = "{\"session\":\"s-1\",\"incarnation\":1,\"types\":[\"" + type + "\"]";
        post("/api/tasks/claim", claim + "}").statusCode(200).body("tasks", hasSize(1));
        post("/api/tasks/claim", claim + ",\"count\":10}").statusCode(200).body("tasks", hasSize(3));
        post("/api/tasks/claim", claim + "}").statusCode(200).body("tasks", empty());
    }

    @Test
    @DisplayName("R-Q2: a particular task is claimed; one that is held names its holder; one that is not due says when")
    void particular() {
        String id = enqueued(unique());
        post("/api/tasks/" + id + "/claim", "{\"session\":\"s-1\",\"incarnation\":1}")
                .statusCode(200)
                .body("status", equalTo("claimed"))
                .body("claimedBy", equalTo("s-1"))
                .body("attempt", equalTo(1));
        post("/api/tasks/" + id + "/claim", "{\"session\":\"s-2\",\"incarnation\":1}")
                .statusCode(409)
                .body("type", equalTo("urn:homeroom:problem:held"))
                .body("holder.session", equalTo("s-1"))
                .body("holder.heartbeatAgeSeconds", notNullValue());
        String later = enqueue("{\"type\":\"t\",\"runAt\":\"2099-01-01T00:00:00Z\"}");
        post("/api/tasks/" + later + "/claim", "{\"session\":\"s-2\",\"incarnation\":1}")
                .statusCode(409)
                .body("runAt", equalTo("2099-01-01T00:00:00Z"));
    }

    @Test
    @DisplayName("R-Q2: no task is ever held by two")
    void neverTwo() {
        String type = unique();
        var ids = IntStream.range(0, 30).mapToObj(_ -> enqueued(type)).toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var claims = IntStream.range(0, 24)
                    .mapToObj(n -> supplyAsync(
                            () -> post(
                                            "/api/tasks/claim",
                                            "{\"session\":\"s-" + (1 + n % 2)
                                                    + "\",\"incarnation\":1,\"count\":2,\"types\":[\"" + type + "\"]}")
                                    .statusCode(200)
                                    .extract()
                                    .jsonPath()
                                    .getList("tasks.id", String.class),
                            threads))
                    .toList();
            var claimed = claims.stream().flatMap(one -> one.join().stream()).toList();
            assertThat(claimed).containsExactlyInAnyOrderElementsOf(ids);
        }
    }

    @Test
    @DisplayName("R-Q2: a long poll is answered when a task comes")
    void longPoll() throws InterruptedException {
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
        String id = enqueued(type);
        assertThat(waiting.join(Duration.ofSeconds(15))).isTrue();
        assertThat(claimed).containsExactly(id);
    }

    @Test
    @DisplayName("R-Q2: a claim lives ten minutes unless it says otherwise, and is extended by its holder only")
    void extension() {
        String type = unique();
        String id = enqueued(type);
        long token = claim(type);
        String path = "/api/tasks/" + id + "/renew";
        post(path, held(token, ",\"ttl\":\"PT20M\"")).statusCode(200).body("token", equalTo((int) token));
        var extended = Instant.parse(task(id).getString("claimDeadline"));
        post(path, held(token, "")).statusCode(200);
        assertThat(Duration.between(Instant.parse(task(id).getString("claimDeadline")), extended))
                .isEqualTo(Duration.ofMinutes(10));
        post(path, held(token + 1_000_000, ""))
                .statusCode(409)
                .body("type", equalTo("urn:homeroom:problem:stale-token"))
                .body("holder.session", equalTo("s-1"));
        post(path, held(token, ",\"ttl\":\"PT25H\"")).statusCode(400);
    }

    @Test
    @DisplayName("R-Q2: a repeat of a claim with the same seq gets the same tasks")
    void repeat() {
        String type = unique();
        enqueued(type);
        enqueued(type);
        String claim = "{\"session\":\"s-2\",\"incarnation\":1,\"seq\":77,\"types\":[\"" + type + "\"]}";
        List<String> first =
                post("/api/tasks/claim", claim).extract().jsonPath().getList("tasks.id");
        assertThat(first).hasSize(1);
        post("/api/tasks/claim", claim).body("tasks.id", equalTo(first));
    }
}

package dev.homeroom.coordinator.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;

import dev.homeroom.contracts.event.Topics;
import dev.homeroom.coordinator.EventLog;
import dev.homeroom.coordinator.ReplicaResource;
import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ReplicaResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
class SessionsHttpTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String id = "s/" + UUID.randomUUID();

    @Test
    void aSessionRegistersAndComesOutOnKafka_RS1() {
        int incarnation = register(Map.of("id", id, "instance", "i1", "host", "dev-1", "tty", "pts/3"))
                .statusCode(201)
                .header("Location", endsWith("/api/sessions/" + Names.encode(id)))
                .body("id", equalTo(id))
                .body("host", equalTo("dev-1"))
                .body("leaseTimeout", equalTo("PT30S"))
                .body("heartbeatInterval", equalTo("PT10S"))
                .body("heartbeatAge", equalTo("0s ago"))
                .body("secondsUntilStale", greaterThan(50))
                .body("leaseDeadline", matchesPattern("\\d{4}-.*Z"))
                .extract()
                .path("incarnation");
        register(Map.of("id", id, "instance", "i1")).statusCode(201).body("incarnation", equalTo(incarnation));

        try (EventLog log =
                new EventLog(Topics.SESSIONS, event -> event.subject().equals(id))) {
            await().atMost(PATIENCE).until(() -> !log.read().isEmpty());
            assertThat(log.sessionWords()).containsExactly("active/registered");
            assertThat(log.read().getFirst().id()).matches("[0-9a-z]+:\\d+:\\d+");
        }
    }

    @Test
    void anotherInstanceSupersedesAndUnregisteringEnds_RS1() {
        int first = register(Map.of("id", id, "instance", "i1")).extract().path("incarnation");
        int second = register(Map.of("id", id, "instance", "i2")).extract().path("incarnation");
        assertThat(second).isGreaterThan(first);

        agent().body(Map.of("incarnation", first))
                .post("/api/sessions/{id}/heartbeat", id)
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:homeroom:problem:stale-incarnation"))
                .body("next", hasItem(notNullValue()));
        agent().delete("/api/sessions/{id}", id).then().statusCode(200);
        agent().delete("/api/sessions/{id}", id).then().statusCode(200);
        agent().get("/api/sessions/{id}", id).then().body("status", equalTo("released"));

        try (EventLog log =
                new EventLog(Topics.SESSIONS, event -> event.subject().equals(id))) {
            await().atMost(PATIENCE).until(() -> log.read().size() == 4);
            assertThat(log.sessionWords())
                    .containsExactly(
                            "active/registered", "released/superseded", "active/registered", "released/released");
        }
    }

    @Test
    void heartbeatsKeepItAliveOneByOneAndTogether_RS2() {
        int incarnation = register(Map.of("id", id, "instance", "i1")).extract().path("incarnation");
        agent().body(Map.of("incarnation", incarnation, "activity", "2026-01-01T00:00:00Z"))
                .post("/api/sessions/{id}/heartbeat", id)
                .then()
                .statusCode(200)
                .body("leaseRemainingMs", greaterThan(29_000))
                .body("assigned", hasSize(0))
                .body("revoked", hasSize(0));
        Map<String, Object> good = Map.of("id", id, "incarnation", incarnation);
        Map<String, Object> unknown = Map.of("id", "nobody", "incarnation", 1);
        agent().body(Map.of("heartbeats", List.of(good, unknown)))
                .post("/api/sessions/heartbeats")
                .then()
                .statusCode(200)
                .body("results.ok", equalTo(List.of(true, false)))
                .body("results[1].error.type", equalTo("urn:homeroom:problem:not-found"));
    }

    @Test
    void aSessionThatFallsSilentFailsAndItsClaimsEnd_RS4() {
        String item = "file:" + UUID.randomUUID();
        int incarnation = register(Map.of("id", id, "instance", "i1", "leaseTimeout", "PT1S"))
                .extract()
                .path("incarnation");
        agent().body(Map.of("session", id, "incarnation", incarnation))
                .post("/api/claims/{item}/acquire", item)
                .then()
                .statusCode(200);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> agent().get("/api/sessions/{id}", id).then().body("status", equalTo("failed")));
        agent().get("/api/claims/{item}", item).then().body("held", equalTo(false));

        try (EventLog sessions =
                        new EventLog(Topics.SESSIONS, event -> event.subject().equals(id));
                EventLog grants =
                        new EventLog(Topics.GRANTS, event -> event.subject().equals("claim:" + item))) {
            await().atMost(PATIENCE)
                    .until(() -> sessions.read().size() == 2 && grants.read().size() == 2);
            assertThat(sessions.sessionWords()).containsExactly("active/registered", "failed/lease-expired");
            assertThat(grants.grantWords()).containsExactly("granted/granted", "ended/session-failed");
        }
    }

    @Test
    void listsAreReadInPages_RS3() {
        String group = "page-" + UUID.randomUUID();
        for (int i = 0; i < 3; i++) {
            register(Map.of("id", group + i, "instance", "i")).statusCode(201);
        }
        String next = agent().get("/api/sessions?limit=2&after={after}", group)
                .then()
                .statusCode(200)
                .body("items.id", equalTo(List.of(group + 0, group + 1)))
                .extract()
                .path("next");
        agent().get("/api/sessions?limit=1&after={next}", next).then().body("items[0].id", equalTo(group + 2));
    }

    @Test
    void badInputIsRefusedWithoutATrace_RS1() {
        register(Map.of("id", id)).statusCode(400).body("type", equalTo("urn:homeroom:problem:invalid"));
        register(Map.of("id", id, "instance", "i", "colour", "red")).statusCode(400);
        register(Map.of("id", id, "instance", "i", "leaseTimeout", "soon")).statusCode(400);
        register(Map.of("id", id, "instance", "i", "leaseTimeout", "PT5H")).statusCode(400);
        register(Map.of("id", "x".repeat(513), "instance", "i")).statusCode(400);
        register(Map.of("id", id, "instance", "i", "maxConcurrentTasks", "1")).statusCode(400);
        agent().body("{\"id\":").post("/api/sessions").then().statusCode(400);
        agent().get("/api/sessions/{id}", id)
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:homeroom:problem:not-found"));
        agent().get("/api/sessions?status=sleepy").then().statusCode(400);
        agent().get("/api/sessions?limit=0").then().statusCode(400);
    }

    @Test
    void tokensDecideWhoMayDoWhat() {
        given().get("/api/sessions").then().statusCode(401).contentType("application/problem+json");
        as("teacher").get("/api/sessions").then().statusCode(403).contentType("application/problem+json");
        as("operator").get("/api/sessions").then().statusCode(200);
        as("operator")
                .body(Map.of("instance", "i"))
                .post("/api/sessions")
                .then()
                .statusCode(403);
        as("admin").get("/api/sessions").then().statusCode(200);
        given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
        given().get("/q/metrics").then().statusCode(401);
        as("agent").get("/q/metrics").then().statusCode(403);
        String metrics = as("operator")
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(metrics).contains("homeroom_coordinator_leader 1.0", "homeroom_coordinator_commit_seconds_count");
    }

    private static ValidatableResponse register(Map<String, Object> session) {
        return agent().body(session).post("/api/sessions").then();
    }

    private static RequestSpecification agent() {
        return as("agent");
    }

    private static RequestSpecification as(String role) {
        return given().contentType(ContentType.JSON).auth().oauth2(JwtResource.token(role));
    }
}

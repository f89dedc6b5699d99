package dev.homeroom.coordinator.http;

import static dev.homeroom.coordinator.http.Http.agent;
import static dev.homeroom.coordinator.http.Http.as;
import static dev.homeroom.coordinator.http.Http.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.homeroom.coordinator.ReplicaResource;
import dev.homeroom.coordinator.http.Http.Agent;
import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ReplicaResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
class AuditHttpTest {
    private final Agent one = Agent.register("one");
    private final String lock = fresh("lock");

    @Test
    void whatHappenedIsReadNewestFirstInPages_RL9() {
        int token = one.acquire("locks", lock).statusCode(200).extract().path("token");
        one.release("locks", lock, token).statusCode(200);
        String next = as("operator")
                .get("/api/audit?kind=lock&name={l}&limit=1", lock)
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].change", equalTo("ended"))
                .body("items[0].reason", equalTo("released"))
                .body("items[0].session", equalTo(one.id()))
                .body("items[0].token", equalTo(token))
                .body("items[0].at", matchesPattern("\\d{4}-.*Z"))
                .extract()
                .path("next");
        as("operator")
                .get("/api/audit?kind=lock&name={l}&limit=1&after={n}", lock, next)
                .then()
                .body("items[0].change", equalTo("granted"))
                .body("items[0].deadline", notNullValue());
        as("operator")
                .get("/api/audit?session={s}", one.id())
                .then()
                .body("items.kind", hasItems("session", "lock"))
                .body("items.change", hasItems("registered", "granted", "ended"));
        as("operator").get("/api/audit?after=tomorrow").then().statusCode(400);
        as("operator").get("/api/audit?kind=wish").then().statusCode(400);
    }

    @Test
    void anOperatorTakesALockAwayOnce_RL9() {
        int token = one.acquire("locks", lock).statusCode(200).extract().path("token");
        Map<String, Object> why = Map.of("reason", "ticket 4711");
        agent().body(why).post("/api/locks/{l}/force-release", lock).then().statusCode(403);
        for (int i = 0; i < 2; i++) {
            as("operator")
                    .header("Idempotency-Key", lock)
                    .body(why)
                    .post("/api/locks/{l}/force-release", lock)
                    .then()
                    .statusCode(200)
                    .body("taken.token", equalTo(List.of(token)));
        }
        as("operator")
                .get("/api/audit?name={l}&limit=1", lock)
                .then()
                .body("items[0].reason", equalTo("forced"))
                .body("items[0].by", equalTo("test-operator"))
                .body("items[0].why", equalTo("ticket 4711"));
        as("operator")
                .body(why)
                .post("/api/locks/{l}/force-release", lock)
                .then()
                .statusCode(404);
    }

    @Test
    void aReadMayBeOldWhenTheCallerSaysSo_RL10() {
        for (String path : List.of(
                "/api/sessions",
                "/api/sessions/" + one.id(),
                "/api/sessions/available",
                "/api/locks",
                "/api/locks/x",
                "/api/claims",
                "/api/claims/x",
                "/api/limits",
                "/api/limits/x",
                "/api/affinities",
                "/api/audit")) {
            as("operator")
                    .get(path + "?consistency=stale")
                    .then()
                    .statusCode(200)
                    .header("Homeroom-Consistency", matchesPattern("stale; index=\\d+; ageMillis=\\d+"));
            as("operator").get(path).then().statusCode(200).header("Homeroom-Consistency", nullValue());
            as("operator").get(path + "?consistency=maybe").then().statusCode(400);
        }
    }

    @Test
    void locksAreMeasured_RL8() {
        one.acquire("locks", lock).statusCode(200);
        Agent.register("two").acquire("locks", lock).statusCode(409);
        Agent.register("three").acquire("locks", lock, "wait", "PT0.05S").statusCode(409);
        String metrics = as("operator")
                .get("/q/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(metrics)
                .contains(
                        "homeroom_coordinator_acquire_total{kind=\"lock\",outcome=\"granted\",strategy=\"fail-fast\"",
                        "homeroom_coordinator_acquire_total{kind=\"lock\",outcome=\"conflict\",strategy=\"fail-fast\"",
                        "homeroom_coordinator_acquire_total{kind=\"lock\",outcome=\"conflict\",strategy=\"retry\"",
                        "homeroom_coordinator_acquire_wait_seconds_count{outcome=\"conflict\"",
                        "homeroom_coordinator_commands_total{kind=\"Acquire\"",
                        "homeroom_coordinator_acquire_retries_total",
                        "homeroom_coordinator_waiting");
    }
}

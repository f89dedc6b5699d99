package dev.homeroom.coordinator.http;

import static dev.homeroom.coordinator.http.Http.agent;
import static dev.homeroom.coordinator.http.Http.as;
import static dev.homeroom.coordinator.http.Http.fresh;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.homeroom.coordinator.ReplicaResource;
import dev.homeroom.coordinator.http.Http.Agent;
import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ReplicaResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
class LimitsHttpTest {
    private final Agent first = Agent.register("first");
    private final Agent second = Agent.register("second");
    private final String key = fresh("host:api.example.org");

    @Test
    void aLimitIsSetHeldAndReleased_RL5() {
        agent().get("/api/limits/{k}", key)
                .then()
                .statusCode(200)
                .body("permits", equalTo(1_000_000))
                .body("used", equalTo(0))
                .body("rate", nullValue());
        put(Map.of("permits", 2)).statusCode(200).body("permits", equalTo(2)).body("available", equalTo(2));
        int token = first.acquire("limits", key, "holder", "a")
                .statusCode(200)
                .body("available", equalTo(1))
                .extract()
                .path("token");
        first.acquire("limits", key, "holder", "b").statusCode(200).body("available", equalTo(0));
        second.acquire("limits", key).statusCode(409).body("type", equalTo("urn:homeroom:problem:held"));
        second.acquire("limits", key, "wait", "PT0.1S").statusCode(409);
        agent().get("/api/limits/{k}/grants", key).then().statusCode(200).body("", hasSize(2));
        agent().body(first.body("token", token, "ttl", "PT30S"))
                .post("/api/limits/{k}/renew", key)
                .then()
                .statusCode(200);
        first.release("limits", key, token).statusCode(200).body("available", equalTo(1));
        second.acquire("limits", key).statusCode(200);
        agent().delete("/api/sessions/{id}", first.id()).then().statusCode(200);
        agent().get("/api/limits/{k}", key).then().body("used", equalTo(1));
        agent().get("/api/limits?after={k}", key.substring(0, key.length() - 1))
                .then()
                .statusCode(200)
                .body("items.key", hasItem(key));
    }

    @Test
    void aRateIsConsumedAndRefunded_RL6() {
        put(Map.of("rate", Map.of("perSecond", 0.001, "burst", 3)))
                .statusCode(200)
                .body("rate.burst", equalTo(3.0f));
        use("consume", 2).body("taken", equalTo(true));
        use("consume", 2).body("taken", equalTo(false)).body("retryAfterMs", greaterThan(0));
        use("consume", 4).body("taken", equalTo(false)).body("retryAfterMs", nullValue());
        use("refund", 1).body("taken", equalTo(true));
        use("consume", 2).body("taken", equalTo(true));
        put(Map.of("permits", 7, "rate", Map.of("perSecond", 0, "burst", 0)))
                .statusCode(200)
                .body("permits", equalTo(7))
                .body("rate", nullValue());
        use("consume", 1_000).body("taken", equalTo(true));
    }

    @Test
    void aRepeatUnderTheSameKeyIsExecutedOnce_RL5() {
        String once = UUID.randomUUID().toString();
        idempotent(once, 3).statusCode(200).body("permits", equalTo(3));
        put(Map.of("permits", 5)).statusCode(200);
        idempotent(once, 3).statusCode(200).body("permits", equalTo(3));
        agent().get("/api/limits/{k}", key).then().body("permits", equalTo(5));
        idempotent(once, 4).statusCode(409).body("type", equalTo("urn:homeroom:problem:idempotency-key-reused"));
    }

    @Test
    void anOperatorTakesPermitsAway_RL9() {
        put(Map.of("permits", 1)).statusCode(200);
        int token = first.acquire("limits", key).statusCode(200).extract().path("token");
        agent().body(Map.of("reason", "x"))
                .post("/api/limits/{k}/force-release", key)
                .then()
                .statusCode(403);
        as("operator")
                .body(Map.of())
                .post("/api/limits/{k}/force-release", key)
                .then()
                .statusCode(400);
        as("operator")
                .body(Map.of("reason", "stuck"))
                .post("/api/limits/{k}/force-release", key)
                .then()
                .statusCode(200)
                .body("taken.token", equalTo(List.of(token)));
        first.beat(Map.of()).body("revoked.token", hasItem(token)).body("revoked.reason", hasItem("forced"));
    }

    @Test
    void wrongValuesAreRefused_RL5() {
        put(Map.of()).statusCode(400);
        put(Map.of("permits", -1)).statusCode(400);
        put(Map.of("rate", Map.of("perSecond", 2_000_000, "burst", 1))).statusCode(400);
        put(Map.of("rate", Map.of("perSecond", 1))).statusCode(400);
        first.acquire("limits", key, "strategy", "STEAL_STALE").statusCode(400);
        agent().body(first.body("amount", -1))
                .post("/api/limits/{k}/consume", key)
                .then()
                .statusCode(400);
    }

    private ValidatableResponse put(Map<String, Object> body) {
        return agent().body(body).put("/api/limits/{k}", key).then();
    }

    private ValidatableResponse idempotent(String once, int permits) {
        return agent().header("Idempotency-Key", once)
                .body(Map.of("permits", permits))
                .put("/api/limits/{k}", key)
                .then();
    }

    private ValidatableResponse use(String action, double amount) {
        return agent().body(first.body("amount", amount))
                .post("/api/limits/{k}/{a}", key, action)
                .then()
                .statusCode(200);
    }
}

package dev.homeroom.coordinator.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import dev.homeroom.coordinator.ReplicaResource;
import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ReplicaResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
class ClaimsHttpTest {
    private final String first = "first-" + UUID.randomUUID();
    private final String second = "second-" + UUID.randomUUID();
    private final String item = "src/main/App " + UUID.randomUUID() + ".java";
    private int firstIncarnation;
    private int secondIncarnation;

    @BeforeEach
    void register() {
        firstIncarnation = register(first);
        secondIncarnation = register(second);
    }

    @Test
    void oneHolderAtATimeAndTheOtherIsToldWho_RL3_RL4() {
        int token = claim(first, firstIncarnation, Map.of())
                .statusCode(200)
                .body("name", equalTo(item))
                .body("holder.session", equalTo(first))
                .body("deadline", matchesPattern("\\d{4}-.*Z"))
                .extract()
                .path("token");
        claim(first, firstIncarnation, Map.of()).statusCode(200).body("token", equalTo(token));
        claim(second, secondIncarnation, Map.of())
                .statusCode(409)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:homeroom:problem:held"))
                .body("holder.session", equalTo(first))
                .body("holder.host", equalTo("dev-1"))
                .body("holder.heartbeatAge", matchesPattern("\\d+s ago"))
                .body("holder.since", notNullValue())
                .body("retryAfterMs", greaterThan(0))
                .body("next[0]", notNullValue());
        agent().get("/api/claims/{item}", item)
                .then()
                .statusCode(200)
                .body("held", equalTo(true))
                .body("grant.token", equalTo(token));
        agent().get("/api/claims?prefix={item}", item)
                .then()
                .body("items.size()", equalTo(1))
                .body("items[0].name", equalTo(item));

        end("renew", first, firstIncarnation, token).statusCode(200).body("token", equalTo(token));
        end("release", first, firstIncarnation, token).statusCode(200);
        int next = claim(second, secondIncarnation, Map.of())
                .statusCode(200)
                .extract()
                .path("token");
        assertThat(next).isGreaterThan(token);
        end("renew", first, firstIncarnation, token)
                .statusCode(409)
                .body("type", equalTo("urn:homeroom:problem:stale-token"))
                .body("holder.session", equalTo(second));
    }

    @Test
    void theSameSeqGetsTheFirstAnswer_RL1() {
        Map<String, Object> seq = Map.of("seq", 1, "unanswered", 1);
        int token =
                claim(first, firstIncarnation, seq).statusCode(200).extract().path("token");
        end("release", first, firstIncarnation, token).statusCode(200);
        claim(first, firstIncarnation, seq).statusCode(200).body("token", equalTo(token));
        claim(first, firstIncarnation, Map.of("seq", 2, "unanswered", 2))
                .statusCode(200)
                .body("token", not(equalTo(token)));
        claim(first, firstIncarnation, seq)
                .statusCode(409)
                .body("type", equalTo("urn:homeroom:problem:request-too-old"));
    }

    @Test
    void claimsOfTasksBelongToTheQueue_RL4() {
        agent().body(Map.of("session", first, "incarnation", firstIncarnation))
                .post("/api/claims/{item}/acquire", "task/" + UUID.randomUUID())
                .then()
                .statusCode(403)
                .body("type", equalTo("urn:homeroom:problem:managed-by-queue"));
    }

    @Test
    void locksWorkAlike_RL1() {
        Map<String, Object> body = Map.of("session", first, "incarnation", firstIncarnation, "ttl", "PT60S");
        agent().body(body)
                .post("/api/locks/{name}/acquire", item)
                .then()
                .statusCode(200)
                .body("kind", equalTo("lock"))
                .body("remainingMs", equalTo(60_000));
        claim(second, secondIncarnation, Map.of("strategy", "FORCE_ACQUIRE")).statusCode(400);
        claim(second, secondIncarnation, Map.of("strategy", "MAYBE")).statusCode(400);
        agent().body(Map.of("session", first))
                .post("/api/claims/{item}/acquire", item)
                .then()
                .statusCode(400);
    }

    @Test
    void tokensDecideWhoMayDoWhat() {
        given().get("/api/claims").then().statusCode(401);
        as("app").get("/api/claims").then().statusCode(403);
        as("operator").get("/api/claims").then().statusCode(200);
        as("operator")
                .body(Map.of("session", first, "incarnation", firstIncarnation))
                .post("/api/claims/x/acquire")
                .then()
                .statusCode(403);
    }

    private ValidatableResponse claim(String session, int incarnation, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.put("session", session);
        body.put("incarnation", incarnation);
        return agent().body(body).post("/api/claims/{item}/acquire", item).then();
    }

    private ValidatableResponse end(String action, String session, int incarnation, int token) {
        return agent().body(Map.of("session", session, "incarnation", incarnation, "token", token))
                .post("/api/claims/{item}/{action}", item, action)
                .then();
    }

    private static int register(String id) {
        return agent().body(Map.of("id", id, "instance", "i", "host", "dev-1"))
                .post("/api/sessions")
                .then()
                .statusCode(201)
                .extract()
                .path("incarnation");
    }

    private static RequestSpecification agent() {
        return as("agent");
    }

    private static RequestSpecification as(String role) {
        return given().contentType(ContentType.JSON).auth().oauth2(JwtResource.token(role));
    }
}

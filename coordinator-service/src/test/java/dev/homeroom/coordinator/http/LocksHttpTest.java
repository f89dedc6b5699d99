package dev.homeroom.coordinator.http;

import static dev.homeroom.coordinator.http.Http.agent;
import static dev.homeroom.coordinator.http.Http.fresh;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.homeroom.coordinator.ReplicaResource;
import dev.homeroom.coordinator.http.Http.Agent;
import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ReplicaResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
class LocksHttpTest {
    private final Agent first = Agent.register(
            "first", Map.of("codebase", Map.of("repo", "homeroom", "branch", "main", "directory", "/src")));
    private final Agent second = Agent.register("second");
    private final String lock = fresh("lock");

    @Test
    void aLockIsAcquiredRenewedReleasedAndItsTokensGrow_RL1() {
        int token = first.acquire("locks", lock, "ttl", "PT60S", "metadata", Map.of("ticket", "4711"))
                .statusCode(200)
                .body("kind", equalTo("lock"))
                .body("remainingMs", equalTo(60_000))
                .body("metadata.ticket", equalTo("4711"))
                .body("available", nullValue())
                .extract()
                .path("token");
        first.acquire("locks", lock).statusCode(200).body("token", equalTo(token));
        agent().body(first.body("token", token, "ttl", "PT90S"))
                .post("/api/locks/{l}/renew", lock)
                .then()
                .statusCode(200)
                .body("remainingMs", equalTo(90_000));
        agent().get("/api/locks/{l}", lock)
                .then()
                .body("held", equalTo(true))
                .body("grant.metadata.ticket", equalTo("4711"));
        agent().get("/api/locks?prefix={l}", lock).then().body("items", hasSize(1));
        agent().body(second.body("token", token))
                .post("/api/locks/{l}/release", lock)
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:homeroom:problem:stale-token"));
        first.release("locks", lock, token).statusCode(200).body("released", equalTo(true));
        second.acquire("locks", lock).statusCode(200).body("token", greaterThan(token));
    }

    @Test
    void aRefusalNamesTheOwnerAndSaysWhatToDoNext_RL3() {
        first.acquire("locks", lock).statusCode(200);
        second.acquire("locks", lock)
                .statusCode(409)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:homeroom:problem:held"))
                .body("holder.session", equalTo(first.id()))
                .body("holder.host", equalTo("dev-1"))
                .body("holder.tty", equalTo("pts/3"))
                .body("holder.codebase.repo", equalTo("homeroom"))
                .body("holder.codebase.branch", equalTo("main"))
                .body("holder.heartbeatAgeSeconds", notNullValue())
                .body("holder.heartbeatAge", matchesPattern("\\d+s ago"))
                .body("holder.since", matchesPattern("\\d{4}-.*Z"))
                .body("holder.deadline", matchesPattern("\\d{4}-.*Z"))
                .body("queuePosition", equalTo(1))
                .body("retryAfterMs", greaterThan(0))
                .body("next", hasItem(startsWith("Session " + first.id() + " on dev-1 (pts/3) can release it")));
    }

    @Test
    void anyStringIsClaimedByOneAtATime_RL4() {
        String item = "src/main/App %s.java".formatted(fresh(""));
        first.acquire("claims", item).statusCode(200).body("kind", equalTo("claim"));
        second.acquire("claims", item).statusCode(409).body("holder.session", equalTo(first.id()));
        agent().get("/api/sessions/{id}", first.id()).then().body("grants.name", hasItem(item));
        agent().get("/api/claims/{i}", item).then().body("grant.holder.session", equalTo(first.id()));
        agent().delete("/api/sessions/{id}", first.id()).then().statusCode(200);
        agent().get("/api/claims/{i}", item).then().body("held", equalTo(false));
    }

    @Test
    void severalAreAcquiredAllOrNone_RL7() {
        String other = fresh("lock");
        int held = second.acquire("locks", other).statusCode(200).extract().path("token");
        all(first, List.of(lock, other)).statusCode(409).body("holder.session", equalTo(second.id()));
        agent().get("/api/locks/{l}", lock).then().body("held", equalTo(false));
        second.release("locks", other, held).statusCode(200);
        all(first, List.of(lock, other))
                .statusCode(200)
                .body("grants.name", equalTo(List.of(lock, other)))
                .body("grants.token", hasSize(2));
        String key = fresh("key");
        agent().body(second.body(
                        "resources",
                        List.of(Map.of("kind", "claim", "name", key), Map.of("kind", "limit", "name", key))))
                .post("/api/locks/acquire-all")
                .then()
                .statusCode(200)
                .body("grants.kind", equalTo(List.of("claim", "limit")));
        agent().body(second.body()).post("/api/locks/acquire-all").then().statusCode(400);
    }

    @Test
    void theWaiterThatWouldCloseACircleIsToldTheCycle_RL7() {
        String other = fresh("lock");
        first.acquire("locks", lock).statusCode(200);
        int token = second.acquire("locks", other).statusCode(200).extract().path("token");
        var waiting = CompletableFuture.supplyAsync(
                () -> first.acquire("locks", other, "wait", "PT60S", "seq", 1),
                command -> Thread.ofVirtual().start(command));
        await().untilAsserted(
                        () -> Agent.register("third").acquire("locks", other).body("queuePosition", equalTo(2)));
        second.acquire("locks", lock, "wait", "PT60S", "seq", 1)
                .statusCode(409)
                .body("type", equalTo("urn:homeroom:problem:deadlock"))
                .body("cycle", hasSize(2))
                .body("next[0]", notNullValue());
        second.release("locks", other, token).statusCode(200);
        waiting.join().statusCode(200);
    }

    private static ValidatableResponse all(Agent agent, List<String> names) {
        return Http.agent()
                .body(agent.body("names", names))
                .post("/api/locks/acquire-all")
                .then();
    }
}

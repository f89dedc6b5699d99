package dev.homeroom.coordinator.grpc;

import static dev.homeroom.coordinator.grpc.Client.acquire;
import static dev.homeroom.coordinator.grpc.Client.fresh;
import static dev.homeroom.coordinator.grpc.Client.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import dev.homeroom.coordinator.ReplicaResource;
import dev.homeroom.coordinator.v1.AcquireRequest;
import dev.homeroom.coordinator.v1.GetSessionRequest;
import dev.homeroom.coordinator.v1.Grant;
import dev.homeroom.coordinator.v1.Session;
import dev.homeroom.coordinator.v1.Strategy;
import dev.homeroom.coordinator.v1.Terms;
import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Holders that make no progress, with a threshold that a test can wait for. */
@QuarkusTest
@TestProfile(StaleHolderTest.SoonStale.class)
@QuarkusTestResource(ReplicaResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
class StaleHolderTest {
    /** A session is stale after a second. */
    public static final class SoonStale implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("homeroom.coordinator.sessions.stale-threshold", "1s");
        }
    }

    private final Client client = new Client();
    private final Session first = client.register("first");
    private final Session second = client.register("second");
    private final String lock = fresh("lock");

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void aHolderWithoutProgressIsStaleThoughItIsAlive_RS3() {
        client.as("agent").acquire(acquire(first, "lock", lock));
        untilStale();
        http(first, "/api/sessions/{id}/heartbeat", first.getId(), Map.of()).statusCode(200);
        given().auth()
                .oauth2(JwtResource.token("operator"))
                .get("/api/sessions/{id}", first.getId())
                .then()
                .body("status", equalTo("stale"))
                .body("secondsUntilStale", equalTo(0));
    }

    @Test
    void aStaleHolderIsStolenFromAndToldOverGrpc_RL2() {
        Grant grant = client.as("agent").acquire(acquire(first, "lock", lock));
        untilStale();
        AcquireRequest steal = acquire(second, "lock", lock).toBuilder()
                .setTerms(Terms.newBuilder().setStrategy(Strategy.STEAL_STALE))
                .build();
        assertThat(client.as("agent").acquire(steal).getToken()).isGreaterThan(grant.getToken());
        isTold(grant);
    }

    @Test
    void aStaleHolderIsStolenFromAndToldOverHttp_RL2() {
        Grant grant = client.as("agent").acquire(acquire(first, "lock", lock));
        assertThat(problem(() -> client.as("agent").acquire(acquire(second, "lock", lock)))
                        .getType())
                .endsWith("held");
        untilStale();
        http(second, "/api/locks/{l}/acquire", lock, Map.of("session", second.getId(), "strategy", "STEAL_STALE"))
                .statusCode(200)
                .body("holder.session", equalTo(second.getId()));
        isTold(grant);
    }

    private void isTold(Grant grant) {
        int token = Math.toIntExact(grant.getToken());
        http(first, "/api/sessions/{id}/heartbeat", first.getId(), Map.of())
                .body("revoked.token", hasItem(token))
                .body("revoked.reason", hasItem("stolen"))
                .body("revoked.resource", hasItem("lock:" + lock));
        http(first, "/api/sessions/{id}/heartbeat", first.getId(), Map.of("seen", List.of(token)))
                .body("revoked", hasSize(0));
    }

    private void untilStale() {
        var get = GetSessionRequest.newBuilder().setId(first.getId()).build();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> client.as("operator").getSession(get).getStatus().equals("stale"));
    }

    private static ValidatableResponse http(Session session, String path, String name, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.put("incarnation", session.getIncarnation());
        return given().contentType(ContentType.JSON)
                .auth()
                .oauth2(JwtResource.token("agent"))
                .body(body)
                .post(path, name)
                .then();
    }
}

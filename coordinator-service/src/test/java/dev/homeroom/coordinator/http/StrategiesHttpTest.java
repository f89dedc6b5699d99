package dev.homeroom.coordinator.http;

import static dev.homeroom.coordinator.http.Http.agent;
import static dev.homeroom.coordinator.http.Http.as;
import static dev.homeroom.coordinator.http.Http.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import dev.homeroom.coordinator.ReplicaResource;
import dev.homeroom.coordinator.desk.FrontDesk;
import dev.homeroom.coordinator.http.Http.Agent;
import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ReplicaResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
class StrategiesHttpTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Agent first = Agent.register("first");
    private final Agent second = Agent.register("second");
    private final String lock = fresh("lock");

    @Inject
    FrontDesk desk;

    @Test
    void aWaiterGetsTheLockWhenItIsReleased_RL2() throws Exception {
        int token = first.acquire("locks", lock).statusCode(200).extract().path("token");
        var waiting = later(() -> second.acquire("locks", lock, "wait", "PT60S", "seq", 1));
        await().atMost(PATIENCE).until(() -> desk.waiting() > 0);
        third().acquire("locks", lock)
                .statusCode(409)
                .body("queuePosition", equalTo(2))
                .body("holder.session", equalTo(first.id()));
        first.release("locks", lock, token).statusCode(200);
        waiting.get().statusCode(200).body("token", greaterThan(token)).body("holder.session", equalTo(second.id()));
        nothingWaits();
    }

    @Test
    void aWaitThatRunsOutNamesTheHolder_RL2_RL3() {
        first.acquire("locks", lock).statusCode(200);
        second.acquire("locks", lock, "strategy", "RETRY", "wait", "PT0.2S")
                .statusCode(409)
                .body("type", equalTo("urn:homeroom:problem:held"))
                .body("holder.session", equalTo(first.id()))
                .body("holder.host", equalTo("dev-1"))
                .body("holder.tty", equalTo("pts/3"));
        nothingWaits();
    }

    @Test
    void aClientThatHangsUpWaitsNoLonger_RL2() throws IOException {
        int token = first.acquire("locks", lock).statusCode(200).extract().path("token");
        int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
        byte[] body = ("{\"session\":\"" + second.id() + "\",\"incarnation\":" + second.incarnation()
                        + ",\"wait\":\"PT600S\",\"seq\":1}")
                .getBytes(StandardCharsets.UTF_8);
        String head = "POST /api/locks/" + Names.encode(lock) + "/acquire HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nAuthorization: Bearer " + JwtResource.token("agent")
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
            await().atMost(PATIENCE).until(() -> desk.waiting() > 0);
        }
        nothingWaits();
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> third().acquire("locks", lock).statusCode(409).body("queuePosition", equalTo(1)));
        first.release("locks", lock, token).statusCode(200);
        agent().get("/api/locks/{lock}", lock).then().body("held", equalTo(false));
    }

    @Test
    void aConflictIsTriedAgain_RL2() throws Exception {
        int token = first.acquire("locks", lock).statusCode(200).extract().path("token");
        var trying = later(() -> second.acquire(
                "locks",
                lock,
                "strategy",
                "RETRY",
                "retry",
                Map.of("maxRetries", 10, "initialBackoff", "PT0.05S", "maxBackoff", "PT2S"),
                "seq",
                1));
        await().atMost(PATIENCE).until(() -> desk.waiting() > 0);
        first.release("locks", lock, token).statusCode(200);
        int got = trying.get().statusCode(200).extract().path("token");
        assertThat(got).isGreaterThan(token);
        second.acquire("locks", lock, "seq", 1).statusCode(200).body("token", equalTo(got));
    }

    @Test
    void triesThatRunOutAreRefused_RL2() {
        first.acquire("locks", lock).statusCode(200);
        second.acquire(
                        "locks",
                        lock,
                        "strategy",
                        "RETRY",
                        "retry",
                        Map.of("maxRetries", 2, "initialBackoff", "PT0.01S", "maxBackoff", "PT0.02S"))
                .statusCode(409)
                .body("type", equalTo("urn:homeroom:problem:held"));
        nothingWaits();
    }

    @Test
    void forceIsForOperatorsAndIsAudited_RL2_RL9() {
        int token = first.acquire("locks", lock).statusCode(200).extract().path("token");
        second.acquire("locks", lock, "strategy", "FORCE_ACQUIRE", "reason", "urgent")
                .statusCode(403)
                .body("detail", containsString("operator"));
        operator("FORCE_ACQUIRE", "").statusCode(400);
        as("operator")
                .body(second.body())
                .post("/api/locks/{l}/acquire", lock)
                .then()
                .statusCode(403);
        operator("FORCE_ACQUIRE", "the agent hangs").statusCode(200).body("token", not(equalTo(token)));
        first.beat(Map.of()).body("revoked.token", hasItem(token));
        as("operator")
                .get("/api/audit?kind=lock&name={lock}", lock)
                .then()
                .statusCode(200)
                .body("items.why", hasItem("the agent hangs"))
                .body("items.by", hasItem("test-operator"))
                .body("items.reason", hasItem("forced"));
    }

    @Test
    void contradictionsAreRefusedClearly_RL2() {
        second.acquire("locks", lock, "strategy", "FAIL_FAST", "wait", "PT1S").statusCode(400);
        second.acquire("locks", lock, "wait", "PT1S", "retry", Map.of()).statusCode(400);
        second.acquire("locks", lock, "wait", "PT601S").statusCode(400);
        second.acquire("locks", lock, "retry", Map.of("maxRetries", 11)).statusCode(400);
        second.acquire("locks", lock, "retry", Map.of("initialBackoff", "PT0.001S"))
                .statusCode(400);
        second.acquire("locks", lock, "strategy", "PRAY").statusCode(400);
        second.acquire("locks", lock, "lockDelay", "PT61S").statusCode(400);
    }

    private ValidatableResponse operator(String strategy, String reason) {
        return as("operator")
                .body(second.body("strategy", strategy, "reason", reason))
                .post("/api/locks/{lock}/acquire", lock)
                .then();
    }

    private static Agent third() {
        return Agent.register("third");
    }

    private void nothingWaits() {
        await().atMost(PATIENCE).until(() -> desk.waiting() == 0 && desk.leftovers() == 0);
    }

    private static CompletableFuture<ValidatableResponse> later(Supplier<ValidatableResponse> request) {
        return CompletableFuture.supplyAsync(
                request, command -> Thread.ofVirtual().start(command));
    }
}

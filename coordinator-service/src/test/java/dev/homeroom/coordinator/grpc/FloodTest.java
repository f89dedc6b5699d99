package dev.homeroom.coordinator.grpc;

import static dev.homeroom.coordinator.grpc.Client.acquire;
import static dev.homeroom.coordinator.grpc.Client.code;
import static dev.homeroom.coordinator.grpc.Client.fresh;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;

import dev.homeroom.coordinator.CoordinatorConfig;
import dev.homeroom.coordinator.ReplicaResource;
import dev.homeroom.coordinator.desk.FrontDesk;
import dev.homeroom.coordinator.v1.GetSessionRequest;
import dev.homeroom.coordinator.v1.Heartbeat;
import dev.homeroom.coordinator.v1.HeartbeatsRequest;
import dev.homeroom.coordinator.v1.HeartbeatsResponse;
import dev.homeroom.coordinator.v1.Session;
import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.token.TokenRequest;
import io.grpc.Status;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ReplicaResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
@TestProfile(FloodTest.SmallRoom.class)
class FloodTest {
    private static final int FLOOD = 60;
    private static final int ITEMS = 1_000;
    private static final int CALM = 30;

    private final Client client = new Client();
    private final Session session = client.register("s");

    @Inject
    FrontDesk desk;

    @Inject
    CoordinatorConfig config;

    /** So little room that one message of a flood is more than an entry of the log can take out of it in time. */
    public static final class SmallRoom implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("homeroom.coordinator.desk.in-flight", "64");
        }
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void whoFloodsIsRefusedWhileTheHeartbeatsOfOthersAreAnswered_RS2() throws Exception {
        List<Future<HeartbeatsResponse>> flood = new ArrayList<>();
        HeartbeatsRequest thousand = beats(ITEMS);
        for (int i = 0; i < FLOOD; i++) {
            flood.add(client.later("agent", "flooder").heartbeat(thousand));
        }
        for (int i = 0; i < CALM; i++) {
            assertThat(client.as("agent", "calm")
                            .heartbeat(beats(1))
                            .getResults(0)
                            .hasProblem())
                    .isFalse();
        }
        long refused = 0;
        for (Future<HeartbeatsResponse> one : flood) {
            refused += one.get().getResultsList().stream()
                    .filter(result -> result.getProblem().getType().endsWith("overloaded"))
                    .count();
        }
        assertThat(refused).isPositive();
        assertThat(client.as("agent", "flooder")
                        .heartbeat(beats(1))
                        .getResults(0)
                        .hasProblem())
                .as("it goes on when the flood is over")
                .isFalse();
    }

    @Test
    void overItsShareACallerIsToldToTryAgainLater() throws InterruptedException, ExecutionException {
        String subject = fresh("full");
        int taken = 0;
        while (taken < 2 * config.desk().inFlight() && desk.admission().enter(subject)) {
            taken++;
        }
        try {
            String token = JwtResource.issuer().issue(TokenRequest.of(subject, "agent"));
            given().auth()
                    .oauth2(token)
                    .get("/api/sessions/{id}", session.getId())
                    .then()
                    .statusCode(429)
                    .header("Retry-After", "1")
                    .body("type", equalTo("urn:homeroom:problem:overloaded"))
                    .body("retryAfterMs", greaterThan(0));
            var get = GetSessionRequest.newBuilder().setId(session.getId()).build();
            assertThat(code(() -> client.as("agent", subject).getSession(get)))
                    .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            assertThat(client.as("agent", "calm").getSession(get).getId()).isEqualTo(session.getId());
            assertThat(client.as("agent", "calm")
                            .acquire(acquire(session, "lock", fresh("lock")))
                            .getToken())
                    .isPositive();
        } finally {
            for (int i = 0; i < taken; i++) {
                desk.admission().leave(subject);
            }
        }
    }

    private HeartbeatsRequest beats(int many) {
        HeartbeatsRequest.Builder request = HeartbeatsRequest.newBuilder();
        for (int i = 0; i < many; i++) {
            request.addHeartbeats(
                    Heartbeat.newBuilder().setSession(session.getId()).setIncarnation(session.getIncarnation()));
        }
        return request.build();
    }
}

package dev.homeroom.coordinator.http;

import static dev.homeroom.coordinator.http.Http.agent;
import static dev.homeroom.coordinator.http.Http.as;
import static dev.homeroom.coordinator.http.Http.fresh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ReplicaResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
class FleetHttpTest {
    private final String skill = "skill-" + UUID.randomUUID();
    private final Agent one = Agent.register("one", Map.of("capabilities", List.of(skill), "host", "dev-1"));
    private final Agent two =
            Agent.register("two", Map.of("capabilities", List.of(skill), "host", "dev-2", "lesson", "fractions"));

    @BeforeEach
    void register() {
        assertThat(one.id()).isNotEqualTo(two.id());
    }

    @Test
    void aSessionTellsWhatIsKnownOfIt_RS3_RS8() {
        one.beat(Map.of("usage", Map.of("tokens", 1200.5, "cost", 0.25))).statusCode(200);
        one.acquire("claims", fresh("file")).statusCode(200);
        agent().get("/api/sessions/{id}", one.id())
                .then()
                .statusCode(200)
                .body("status", equalTo("active"))
                .body("heartbeatAgeSeconds", greaterThanOrEqualTo(0))
                .body("heartbeatAge", matchesPattern("\\d+s ago"))
                .body("secondsUntilStale", greaterThanOrEqualTo(290))
                .body("lastActivity", matchesPattern("\\d{4}-.*Z"))
                .body("statistics.tasksDone", equalTo(0))
                .body("statistics.tasksFailed", equalTo(0))
                .body("statistics.meanTaskDuration", nullValue())
                .body("statistics.uptime", startsWith("PT"))
                .body("statistics.usage.tokens", equalTo(1200.5f))
                .body("statistics.usage.cost", equalTo(0.25f));
    }

    @Test
    void aMaintenanceRoundRunsOnDemand_RS4() {
        agent().post("/api/sessions/maintenance").then().statusCode(403);
        as("operator")
                .post("/api/sessions/maintenance")
                .then()
                .statusCode(200)
                .body("sessions", greaterThanOrEqualTo(0))
                .body("more", equalTo(false));
    }

    @Test
    void theBestSessionComesFirstAndSaysWhy_RS6() {
        agent().get("/api/sessions/available?lesson=fractions&capability={s}", skill)
                .then()
                .statusCode(200)
                .body("items.session.id", equalTo(List.of(two.id(), one.id())))
                .body("items[0].score.total", notNullValue())
                .body("items[0].score.parts.name", hasItems("lesson", "load", "health"))
                .body("items[0].score.parts[0].why", notNullValue());
        agent().get("/api/sessions/available?host=dev-1&capability={s}", skill)
                .then()
                .body("items[0].session.id", equalTo(one.id()));
        agent().get("/api/sessions/available?capability={s}&capability=juggling", skill)
                .then()
                .body("items.session.id", not(hasItem(one.id())));
    }

    @Test
    void affinitiesAreMadeReadReplacedAndRemoved_RS7() {
        String key = UUID.randomUUID().toString();
        String id = create(key, affinity(20))
                .statusCode(201)
                .body("weight", equalTo(20))
                .body("windows[0].days", equalTo(List.of("MON", "FRI")))
                .body("windows[0].from", equalTo("09:00"))
                .body("windows[0].to", equalTo("24:00"))
                .body("windows[0].zone", equalTo("Europe/Berlin"))
                .body("open", notNullValue())
                .extract()
                .path("id");
        create(key, affinity(20))
                .statusCode(201)
                .header("Location", endsWith(id))
                .body("id", equalTo(id));
        agent().body(affinity(30))
                .put("/api/affinities/{id}", id)
                .then()
                .statusCode(200)
                .body("weight", equalTo(30));
        agent().get("/api/affinities/{id}", id).then().statusCode(200).body("lesson", equalTo("algebra"));
        agent().get("/api/affinities?session={s}", one.id()).then().body("items.id", equalTo(List.of(id)));
        agent().delete("/api/affinities/{id}", id).then().statusCode(204);
        agent().delete("/api/affinities/{id}", id).then().statusCode(204);
        agent().get("/api/affinities/{id}", id).then().statusCode(404);
    }

    @Test
    void anAffinityThatIsAlwaysOpenDecides_RS7() {
        Map<String, Object> always = affinity(100);
        always.remove("windows");
        create(UUID.randomUUID().toString(), always).statusCode(201).body("open", equalTo(true));
        agent().get("/api/sessions/available?lesson=algebra&capability={s}", skill)
                .then()
                .body("items[0].session.id", equalTo(one.id()));
    }

    @Test
    void wrongWindowsAreRefused_RS7() {
        for (Map<String, Object> window : List.<Map<String, Object>>of(
                Map.of("days", List.of("NEVERDAY"), "from", "09:00", "to", "12:00", "zone", "UTC"),
                Map.of("days", List.of("MON"), "from", "9", "to", "12:00", "zone", "UTC"),
                Map.of("days", List.of("MON"), "from", "24:00", "to", "12:00", "zone", "UTC"),
                Map.of("days", List.of(), "from", "09:00", "to", "12:00", "zone", "UTC"))) {
            Map<String, Object> body = affinity(1);
            body.put("windows", List.of(window));
            create(UUID.randomUUID().toString(), body).statusCode(400);
        }
    }

    private Map<String, Object> affinity(int weight) {
        Map<String, Object> body = new HashMap<>();
        body.put("session", one.id());
        body.put("lesson", "algebra");
        body.put("weight", weight);
        body.put(
                "windows",
                List.of(Map.of(
                        "days", List.of("MON", "FRI"), "from", "09:00", "to", "24:00", "zone", "Europe/Berlin")));
        return body;
    }

    private static ValidatableResponse create(String key, Map<String, Object> body) {
        return agent().header("Idempotency-Key", key)
                .body(body)
                .post("/api/affinities")
                .then();
    }
}

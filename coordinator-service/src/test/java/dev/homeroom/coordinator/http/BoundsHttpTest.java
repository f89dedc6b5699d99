package dev.homeroom.coordinator.http;

import static dev.homeroom.coordinator.http.Http.agent;
import static dev.homeroom.coordinator.http.Http.fresh;
import static org.hamcrest.Matchers.equalTo;

import dev.homeroom.coordinator.ReplicaResource;
import dev.homeroom.coordinator.core.Bounds;
import dev.homeroom.coordinator.http.Http.Agent;
import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ReplicaResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
class BoundsHttpTest {
    private static final String LONG = "x".repeat(Bounds.NAME_BYTES + 1);

    private final Agent one = Agent.register("one");

    @Test
    void namesAreBounded() {
        invalid(register(Map.of("instance", LONG)));
        invalid(register(Map.of("instance", "i", "host", LONG)));
        invalid(register(Map.of("instance", "i", "codebase", Map.of("repo", "x".repeat(Bounds.CODEBASE_BYTES + 1)))));
        invalid(one.acquire("locks", LONG));
        invalid(one.acquire("locks", fresh("l"), "holder", LONG));
        invalid(one.acquire("locks", "ä".repeat(Bounds.NAME_BYTES / 2 + 1)));
    }

    @Test
    void sessionsAreBounded() {
        invalid(register(Map.of("instance", "i", "capabilities", words(Bounds.CAPABILITIES + 1))));
        invalid(register(Map.of("instance", "i", "maxConcurrentTasks", Bounds.CONCURRENT_TASKS + 1)));
        invalid(register(Map.of("instance", "i", "leaseTimeout", "PT4H0.001S")));
        invalid(register(Map.of("instance", "i", "leaseTimeout", "PT0.999S")));
    }

    @Test
    void heartbeatsAreBounded() {
        Map<String, Object> usage = new HashMap<>();
        words(Bounds.USAGE_FIGURES + 1).forEach(word -> usage.put(word, 1));
        invalid(one.beat(Map.of("usage", usage)));
        invalid(one.beat(Map.of("seen", numbers(Bounds.REVOCATIONS + 1))));
        List<Map<String, Object>> many = new ArrayList<>();
        for (int i = 0; i <= HeartbeatJson.MANY; i++) {
            many.add(Map.of("id", one.id(), "incarnation", one.incarnation()));
        }
        invalid(agent().body(Map.of("heartbeats", many))
                .post("/api/sessions/heartbeats")
                .then());
    }

    @Test
    void grantsAreBounded() {
        Map<String, Object> entries = new HashMap<>();
        words(Bounds.METADATA_ENTRIES + 1).forEach(word -> entries.put(word, "x"));
        invalid(one.acquire("locks", fresh("l"), "metadata", entries));
        invalid(one.acquire("locks", fresh("l"), "metadata", Map.of("key", "x".repeat(Bounds.METADATA_BYTES))));
        invalid(one.acquire("locks", fresh("l"), "ttl", "PT24H0.001S"));
        invalid(one.acquire("locks", fresh("l"), "ttl", "PT0.5S"));
        invalid(one.acquire("locks", fresh("l"), "lockDelay", "PT60.001S"));
        invalid(one.acquire("locks", fresh("l"), "wait", "PT600.001S"));
        invalid(agent().body(one.body("names", words(Bounds.RESOURCES_AT_ONCE + 1)))
                .post("/api/locks/acquire-all")
                .then());
    }

    @Test
    void affinitiesAndPagesAreBounded() {
        Map<String, Object> window = Map.of("days", List.of("MON"), "from", "09:00", "to", "10:00", "zone", "UTC");
        List<Object> windows = new ArrayList<>();
        for (int i = 0; i <= Bounds.WINDOWS; i++) {
            windows.add(window);
        }
        invalid(agent().body(Map.of("session", "s", "lesson", "l", "weight", 1, "windows", windows))
                .post("/api/affinities")
                .then());
        invalid(agent().body(Map.of("session", "s", "lesson", "l", "weight", 101))
                .post("/api/affinities")
                .then());
        invalid(agent().get("/api/locks?limit=1001").then());
        invalid(agent().header("Idempotency-Key", "x".repeat(256))
                .body(Map.of("permits", 1))
                .put("/api/limits/{k}", fresh("k"))
                .then());
    }

    @Test
    void requestsInFlightAreBounded() {
        invalid(one.acquire("locks", fresh("l"), "seq", 1, "unanswered", 2));
        int most = Bounds.IN_FLIGHT;
        for (int seq = 1; seq <= most; seq++) {
            one.acquire("locks", one.id(), "seq", seq, "unanswered", 1).statusCode(200);
        }
        one.acquire("locks", one.id(), "seq", most + 1, "unanswered", 1)
                .statusCode(422)
                .body("type", equalTo("urn:homeroom:problem:too-many"));
        one.acquire("locks", one.id(), "seq", most + 1, "unanswered", 2).statusCode(200);
    }

    private static ValidatableResponse register(Map<String, Object> body) {
        return agent().body(body).post("/api/sessions").then();
    }

    private static ValidatableResponse invalid(ValidatableResponse response) {
        return response.statusCode(400).body("type", equalTo("urn:homeroom:problem:invalid"));
    }

    private static List<String> words(int many) {
        return IntStream.range(0, many).mapToObj(i -> "w" + i).toList();
    }

    private static List<Integer> numbers(int many) {
        return IntStream.rangeClosed(1, many).boxed().toList();
    }
}

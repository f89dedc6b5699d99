package dev.homeroom.queue.http;

import static dev.homeroom.queue.testing.InMemoryFleet.session;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import dev.homeroom.queue.core.insight.LimitUse;
import dev.homeroom.queue.testing.InMemoryAuthority;
import dev.homeroom.queue.testing.InMemoryFleet;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is next, and who holds what (R-Q8), over HTTP. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
@QuarkusTestResource(FakeCoordinatorResource.class)
class NextHttpTest {
    private final InMemoryAuthority authority = FakeCoordinatorResource.authority();
    private final InMemoryFleet fleet = FakeCoordinatorResource.fleet();
    private final String type = "t-" + UUID.randomUUID();

    @AfterEach
    void leaveItAsItWas() {
        fleet.reset();
        authority.away(false);
        authority.heartbeat("s-1", Duration.ofSeconds(3));
    }

    @Test
    @DisplayName("R-Q8: next lists what is ready in the order in which it is then taken")
    void orderIsThatOfClaims() {
        String low = enqueue("\"priority\":2");
        String high = enqueue("\"priority\":8,\"lesson\":\"l\"");
        enqueue("\"priority\":9,\"delay\":\"PT1H\"");
        next("").body("coordinator", equalTo("ok"))
                .body("items.id", contains(high, low))
                .body("items.position", contains(1, 2))
                .body("items[0].level", greaterThanOrEqualTo(8))
                .body("items[0].lesson", equalTo("l"))
                .body("items[0].ageSeconds", notNullValue())
                .body("items[0].age", notNullValue())
                .body("blocked", empty());
        next("&lesson=l").body("items.id", contains(high));
        next("&limit=1").body("items.id", contains(high));
        claim().body("tasks.id", contains(high));
        claim().body("tasks.id", contains(low));
    }

    @Test
    @DisplayName("R-Q8: who holds what, with the age and colour of the holder's heartbeat")
    void holders() {
        String id = enqueue("");
        claim();
        for (var one : List.of(List.of(59, "green"), List.of(60, "yellow"), List.of(180, "red"))) {
            int age = (int) one.getFirst();
            authority.heartbeat("s-1", Duration.ofSeconds(age));
            next("").body("items", empty())
                    .body("held.id", contains(id))
                    .body("held[0].holder.session", equalTo("s-1"))
                    .body("held[0].holder.host", equalTo("host-s-1"))
                    .body("held[0].holder.heartbeatAgeSeconds", equalTo(age))
                    .body("held[0].holder.heartbeatAge", containsString("ago"))
                    .body("held[0].holder.heartbeatColour", equalTo(one.getLast()))
                    .body("held[0].heldSeconds", notNullValue())
                    .body("held[0].deadline", notNullValue());
        }
    }

    @Test
    @DisplayName("R-Q8: what waits for a permit is listed apart, with the keys that block it")
    void blocked() {
        String key = "k-" + UUID.randomUUID();
        fleet.limit(new LimitUse(key, 1, 1, 0, List.of()));
        String waits = enqueue("\"priority\":9,\"limits\":[\"" + key + "\",\"free-" + key + "\"]");
        String free = enqueue("\"limits\":[\"free-" + key + "\"]");
        next("").body("items.id", contains(free))
                .body("items[0].blockedBy", empty())
                .body("blocked.id", contains(waits))
                .body("blocked[0].blockedBy", contains(key));
    }

    @Test
    @DisplayName("R-Q8: without the coordinator the list comes all the same, and says so")
    void coordinatorUnreachable() {
        enqueue("");
        claim();
        String ready = enqueue("");
        authority.away(true);
        next("&session=s-1")
                .body("coordinator", equalTo("unreachable"))
                .body("items.id", contains(ready))
                .body("held[0].holder.session", equalTo("s-1"))
                .body("held[0].holder.heartbeatAgeSeconds", nullValue())
                .body("held[0].holder.heartbeatColour", nullValue())
                .body("session.mayClaim", nullValue());
    }

    @Test
    @DisplayName("R-Q8: with a session, what it would get")
    void forASession() {
        String gpu = enqueue("\"priority\":9,\"capabilities\":[\"gpu\"]");
        String plain = enqueue("\"priority\":5");
        fleet.show(
                session("able", "active", List.of("gpu"), 0, 1, Duration.ZERO),
                session("plain", "idle", List.of(), 0, 1, Duration.ZERO),
                session("full", "active", List.of(), 1, 1, Duration.ZERO),
                session("over", "failed", List.of(), 0, 1, Duration.ZERO));
        next("&session=able")
                .body("items.id", contains(gpu, plain))
                .body("session.mayClaim", equalTo(true))
                .body("session.first", equalTo(gpu));
        next("&session=plain").body("items.id", contains(plain)).body("session.first", equalTo(plain));
        next("&session=full")
                .body("session.mayClaim", equalTo(false))
                .body("session.detail", containsString("1 of at most 1"));
        next("&session=over").body("session.mayClaim", equalTo(false));
        next("&session=nobody").body("session.mayClaim", equalTo(false));
    }

    @Test
    @DisplayName("R-Q8: parameters have bounds, and operators and agents may look")
    void boundsAndRoles() {
        as("operator").get("/api/tasks/next?limit=0").then().statusCode(400);
        as("operator").get("/api/tasks/next?limit=201").then().statusCode(400);
        as("agent").get("/api/tasks/next").then().statusCode(200);
        as("teacher").get("/api/tasks/next").then().statusCode(403);
    }

    private ValidatableResponse next(String more) {
        return as("operator")
                .get("/api/tasks/next?type=" + type + more)
                .then()
                .statusCode(200)
                .body("at", notNullValue());
    }

    private ValidatableResponse claim() {
        return post("/api/tasks/claim", "{\"session\":\"s-1\",\"incarnation\":1,\"types\":[\"" + type + "\"]}")
                .statusCode(200);
    }

    private String enqueue(String more) {
        return post("/api/tasks", "{\"type\":\"" + type + "\"" + (more.isEmpty() ? "" : "," + more) + "}")
                .statusCode(201)
                .extract()
                .jsonPath()
                .getString("id");
    }

    private static ValidatableResponse post(String path, String body) {
        return as("agent").contentType("application/json").body(body).post(path).then();
    }

    private static RequestSpecification as(String role) {
        return given().header("Authorization", "Bearer " + JwtResource.token(role));
    }
}

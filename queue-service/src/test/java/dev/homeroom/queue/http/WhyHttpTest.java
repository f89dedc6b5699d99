package dev.homeroom.queue.http;

import static dev.homeroom.queue.testing.InMemoryFleet.session;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import dev.homeroom.queue.core.Hold;
import dev.homeroom.queue.core.insight.LimitUse;
import dev.homeroom.queue.testing.InMemoryAuthority;
import dev.homeroom.queue.testing.InMemoryFleet;
import dev.homeroom.queue.testing.QueueDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every cause of R-Q9 over HTTP, on the real database and a coordinator that speaks its gRPC. */
@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(JwtResource.class)
@QuarkusTestResource(FakeCoordinatorResource.class)
class WhyHttpTest {
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
    @DisplayName("R-Q9: a task with a delay is not due, and why says until when")
    void notDueBecauseOfDelay() {
        why(enqueue("\"delay\":\"PT1H\""))
                .body("status", equalTo("pending"))
                .body("causes[0].cause", equalTo("not-due"))
                .body("causes[0].because", equalTo("delay"))
                .body("causes[0].until", notNullValue())
                .body("causes[0].secondsLeft", greaterThan(3_500))
                .body("summary", containsString("not due"))
                .body("next", not(empty()));
    }

    @Test
    @DisplayName("R-Q9: why tells snooze from backoff")
    void notDueBecauseOfSnoozeOrBackoff() {
        String snoozed = enqueue("");
        finish(snoozed, "snooze", "\"delay\":\"PT1H\"");
        why(snoozed).body("causes[0].because", equalTo("snooze"));
        String failed = enqueue("");
        finish(failed, "fail", "\"reason\":\"no network\",\"retryable\":true");
        why(failed).body("causes[0].cause", equalTo("not-due")).body("causes[0].because", equalTo("backoff"));
    }

    @Test
    @DisplayName("R-Q9: an exhausted limit is named with its permits and with who holds them")
    void limitExhausted() {
        String key = "k-" + UUID.randomUUID();
        String holding = enqueue("\"limits\":[\"" + key + "\"]");
        claim(holding);
        String id = enqueue("\"limits\":[\"" + key + "\"]");
        var direct = session("s-9", "active", List.of(), 0, 1, Duration.ofSeconds(90))
                .holding(null, null);
        fleet.limit(new LimitUse(key, 2, 2, 0, List.of(direct)));
        why(id).body("causes[0].cause", equalTo("limit-exhausted"))
                .body("causes[0].limit", equalTo(key))
                .body("causes[0].permits", equalTo(2))
                .body("causes[0].used", equalTo(2))
                .body("causes[0].tasks.id", contains(holding))
                .body("causes[0].tasks[0].session", equalTo("s-1"))
                .body("causes[0].holders[0].session", equalTo("s-9"))
                .body("causes[0].holders[0].heartbeatColour", equalTo("yellow"));
    }

    @Test
    @DisplayName("R-Q9: without a live session why says so")
    void noSession() {
        fleet.show(session("x", "failed", List.of(), 0, 1, Duration.ofHours(1)));
        why(enqueue("")).body("causes.cause", hasItem("no-session"));
    }

    @Test
    @DisplayName("R-Q9: without a capable session why names what is missing")
    void noCapableSession() {
        fleet.show(
                session("x", "active", List.of("java"), 0, 1, Duration.ZERO),
                session("y", "active", List.of(), 0, 1, Duration.ZERO));
        why(enqueue("\"capabilities\":[\"java\",\"gpu\"]"))
                .body("causes[0].cause", equalTo("no-capable-session"))
                .body("causes[0].missing", contains("gpu"))
                .body("causes[0].sessions.live", equalTo(2));
    }

    @Test
    @DisplayName("R-Q9: capable sessions that are full or stale are counted")
    void sessionsBusy() {
        fleet.show(
                session("x", "active", List.of("gpu"), 1, 1, Duration.ZERO),
                session("y", "stale", List.of("gpu"), 0, 1, Duration.ofMinutes(6)));
        why(enqueue("\"capabilities\":[\"gpu\"]"))
                .body("causes[0].cause", equalTo("sessions-busy"))
                .body("causes[0].sessions.full", equalTo(1))
                .body("causes[0].sessions.stale", equalTo(1));
    }

    @Test
    @DisplayName("R-Q9: a task behind others says how many, and because of what")
    void behindOthers() {
        enqueue("\"priority\":9");
        String id = enqueue("\"priority\":4");
        why(id).body("causes.cause", hasItem("behind-others"))
                .body("position.position", greaterThan(1))
                .body("causes.find { it.cause == 'behind-others' }.line.higher", greaterThan(0));
    }

    @Test
    @DisplayName("R-Q9: why says that nobody in this replica asks for such a task")
    void nobodyAsks() {
        why(enqueue("\"priority\":9"))
                .body("causes.cause", hasItem("nobody-asks"))
                .body("causes.find { it.cause == 'nobody-asks' }.detail", containsString("in this replica"));
    }

    @Test
    @DisplayName("R-Q9: who works on a task is told with the age of the heartbeat and the deadline")
    void claimed() {
        String id = enqueue("");
        claim(id);
        authority.heartbeat("s-1", Duration.ofSeconds(61));
        why(id).body("status", equalTo("claimed"))
                .body("causes[0].cause", equalTo("claimed"))
                .body("causes[0].holder.session", equalTo("s-1"))
                .body("causes[0].holder.host", equalTo("host-s-1"))
                .body("causes[0].holder.heartbeatAgeSeconds", equalTo(61))
                .body("causes[0].holder.heartbeatColour", equalTo("yellow"))
                .body("causes[0].since", notNullValue())
                .body("causes[0].until", notNullValue())
                .body("causes[0].attempt", equalTo(1));
    }

    @Test
    @DisplayName("R-Q9: a stale holder is called stale")
    void holderStale() {
        String id = enqueue("");
        claim(id);
        authority.heartbeat("s-1", Duration.ofSeconds(400));
        why(id).body("causes.cause", contains("holder-stale", "claimed"))
                .body("causes[0].holder.heartbeatColour", equalTo("red"));
    }

    @Test
    @DisplayName("R-Q9: exhausted retries are told with the error of each attempt")
    void retriesExhausted() {
        String id = enqueue("\"maxAttempts\":1");
        finish(id, "fail", "\"reason\":\"disk full\",\"retryable\":true");
        why(id).body("status", equalTo("failed"))
                .body("causes[0].cause", equalTo("retries-exhausted"))
                .body("causes[0].errors[0].error", equalTo("disk full"));
        String final_ = enqueue("\"maxAttempts\":3");
        finish(final_, "fail", "\"reason\":\"bad input\",\"retryable\":false");
        why(final_)
                .body("causes[0].cause", equalTo("not-retryable"))
                .body("causes[0].errors[0].error", equalTo("bad input"));
    }

    @Test
    @DisplayName("R-Q9: ends say who and why")
    void ends() {
        String cancelled = enqueue("");
        post("/api/tasks/" + cancelled + "/cancel", "{\"reason\":\"not wanted\"}");
        why(cancelled).body("causes[0].cause", equalTo("cancelled")).body("causes[0].reason", equalTo("not wanted"));
        String skipped = enqueue("");
        finish(skipped, "skip", "\"reason\":\"done before\"");
        why(skipped).body("causes[0].cause", equalTo("skipped")).body("causes[0].session", equalTo("s-1"));
        String completed = enqueue("");
        finish(completed, "complete", "\"result\":{}");
        why(completed).body("causes", hasSize(1)).body("causes[0].cause", equalTo("completed"));
    }

    @Test
    @DisplayName("R-Q9: a deadline that has passed is told as such")
    void deadlinePassed() {
        String id = enqueue("\"deadline\":\"" + Instant.now().plusSeconds(3) + "\"");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> get(id).extract().jsonPath().getString("causes[0].cause"), equalTo("deadline-passed"));
    }

    @Test
    @DisplayName("R-Q9: a row without its grant is being handed over, and repaired")
    void handedOver() {
        String id = enqueue("");
        long token = claim(id);
        QueueDatabase.join(authority.release(List.of(new Hold(UUID.fromString(id), "s-1", token))));
        why(id).body("causes.cause", hasItem("handed-over")).body("causes[0].repairedWithinSeconds", greaterThan(10));
    }

    @Test
    @DisplayName("R-Q9: without the coordinator why says that the rest is from the database")
    void coordinatorUnreachable() {
        String id = enqueue("");
        authority.away(true);
        why(id).body("causes[0].cause", equalTo("coordinator-unreachable"))
                .body("causes.cause", hasItem("nobody-asks"));
    }

    @Test
    @DisplayName("R-Q9: operators and agents may ask, about tasks that exist")
    void rolesAndAbsentTasks() {
        String id = enqueue("");
        for (String role : List.of("operator", "agent")) {
            as(role).get("/api/tasks/" + id + "/why").then().statusCode(200);
        }
        as("teacher").get("/api/tasks/" + id + "/why").then().statusCode(403);
        as("agent")
                .get("/api/tasks/" + UUID.randomUUID() + "/why")
                .then()
                .statusCode(404)
                .body("type", equalTo("urn:homeroom:problem:not-found"));
    }

    private ValidatableResponse why(String id) {
        return get(id).statusCode(200).body("task", equalTo(id)).body("at", notNullValue());
    }

    private static ValidatableResponse get(String id) {
        return as("operator").get("/api/tasks/" + id + "/why").then();
    }

    private String enqueue(String more) {
        return post("/api/tasks", "{\"type\":\"" + type + "\"" + (more.isEmpty() ? "" : "," + more) + "}")
                .extract()
                .jsonPath()
                .getString("id");
    }

    private static long claim(String id) {
        return post("/api/tasks/" + id + "/claim", "{\"session\":\"s-1\",\"incarnation\":1}")
                .statusCode(200)
                .extract()
                .jsonPath()
                .getLong("token");
    }

    private static void finish(String id, String how, String more) {
        long token = claim(id);
        post("/api/tasks/" + id + "/" + how, "{\"session\":\"s-1\",\"token\":" + token + "," + more + "}")
                .statusCode(200);
    }

    private static ValidatableResponse post(String path, String body) {
        return as("agent").contentType("application/json").body(body).post(path).then();
    }

    private static RequestSpecification as(String role) {
        return given().header("Authorization", "Bearer " + JwtResource.token(role));
    }
}

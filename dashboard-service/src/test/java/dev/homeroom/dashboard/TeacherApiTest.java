package dev.homeroom.dashboard;

import static dev.homeroom.dashboard.Tokens.role;
import static dev.homeroom.dashboard.Tokens.teacher;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.homeroom.dashboard.core.Episode;
import dev.homeroom.dashboard.core.EpisodeStatus;
import dev.homeroom.dashboard.core.Level;
import dev.homeroom.dashboard.core.Revision;
import dev.homeroom.dashboard.core.Trace;
import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.faulttolerance.api.CircuitBreakerMaintenance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The teachers' API over real HTTP with real tokens. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(JwtResource.class)
@QuarkusTestResource(FiguresServer.class)
@DisplayName("R-T1 R-T5 The teachers' API")
class TeacherApiTest {
    @Inject
    AlertBook alerts;

    @Inject
    CircuitBreakerMaintenance circuits;

    private String classroom = "";
    private String alert = "";

    @BeforeEach
    void raise() {
        circuits.resetAll();
        classroom = "api-" + UUID.randomUUID();
        observe("ada", "e1", 1, EpisodeStatus.OPEN);
        alert = teacher(classroom)
                .get("/api/classroom/{c}/alerts", classroom)
                .then()
                .statusCode(200)
                .extract()
                .path("items[0].id");
    }

    @Test
    @DisplayName("R-T1 alerts are listed by status, with evidence, page by page")
    void lists() {
        observe("bob", "e2", 1, EpisodeStatus.OPEN);
        observe("bob", "e2", 2, EpisodeStatus.CLOSED);
        var c = classroom;
        teacher(c)
                .get("/api/classroom/{c}/alerts?status=active", c)
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].student", equalTo("ada"))
                .body("items[0].evidence.rule", equalTo("4 errors"))
                .body("items[0].seq", equalTo(1))
                .body("items[0].status", equalTo("open"));
        teacher(c)
                .get("/api/classroom/{c}/alerts?status=resolved", c)
                .then()
                .body("items.student", equalTo(List.of("bob")));
        String next = teacher(c)
                .get("/api/classroom/{c}/alerts?limit=1", c)
                .then()
                .body("items", hasSize(1))
                .extract()
                .path("next");
        teacher(c)
                .get("/api/classroom/{c}/alerts?limit=1&after={n}", c, next)
                .then()
                .body("items.student", equalTo(List.of("ada")));
    }

    @ParameterizedTest
    @CsvSource({"acknowledge,acknowledged", "snooze,snoozed", "resolve,resolved", "dismiss,dismissed"})
    @DisplayName("R-T1 an action is done once, however often it is sent, and says who did it")
    void actions(String action, String status) {
        var body = Map.of("requestId", UUID.randomUUID().toString(), "reason", "we talked");
        for (var i = 0; i < 3; i++) {
            teacher(classroom)
                    .body(body)
                    .post("/api/alerts/{a}/{x}", alert, action)
                    .then()
                    .statusCode(200)
                    .body("status", equalTo(status))
                    .body("seq", equalTo(2));
        }
        role("service")
                .get("/api/classroom/{c}/alert-changes?after=1", classroom)
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].by", equalTo("teacher-" + classroom))
                .body("items[0].reason", equalTo("we talked"))
                .body("items[0].change", equalTo(status))
                .body("seq", equalTo(2))
                .body("gap", equalTo(false))
                .body("epoch", notNullValue());
    }

    @Test
    @DisplayName("R-T1 an action needs no body; one against the status is a conflict")
    void conflict() {
        teacher(classroom).post("/api/alerts/{a}/dismiss", alert).then().statusCode(200);
        teacher(classroom)
                .post("/api/alerts/{a}/acknowledge", alert)
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:homeroom:problem:conflict"))
                .body("status", notNullValue());
    }

    @Test
    @DisplayName("R-T5 the teacher of another class gets 403 on every path")
    void scope() {
        var other = "other-" + classroom;
        for (var path : List.of("alerts", "alert-changes", "metrics")) {
            teacher(other)
                    .get("/api/classroom/{c}/{p}", classroom, path)
                    .then()
                    .statusCode(403)
                    .body("type", equalTo("urn:homeroom:problem:forbidden"));
        }
        teacher(other).post("/api/alerts/{a}/resolve", alert).then().statusCode(403);
        teacher(other).get("/api/interventions?classroom={c}", classroom).then().statusCode(403);
        teacher(other)
                .body(help(UUID.randomUUID()))
                .post("/api/interventions")
                .then()
                .statusCode(403);
        String id = teacher(classroom)
                .body(help(UUID.randomUUID()))
                .post("/api/interventions")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        teacher(other).get("/api/interventions/{i}", id).then().statusCode(403);
        teacher(other).delete("/api/interventions/{i}", id).then().statusCode(403);
    }

    @Test
    @DisplayName("R-O4 without a token 401, with the wrong role 403")
    void roles() {
        given().get("/api/classroom/{c}/alerts", classroom)
                .then()
                .statusCode(401)
                .contentType("application/problem+json");
        for (var wrong : List.of("agent", "app", "operator")) {
            role(wrong).get("/api/classroom/{c}/alerts", classroom).then().statusCode(403);
            role(wrong).post("/api/alerts/{a}/resolve", alert).then().statusCode(403);
        }
        role("service").post("/api/alerts/{a}/resolve", alert).then().statusCode(403);
        role("admin").get("/api/classroom/{c}/alerts", classroom).then().statusCode(200);
    }

    @Test
    @DisplayName("R-T1 bad input is a problem that says what is wrong, and changes nothing")
    void badInput() {
        teacher(classroom)
                .get("/api/classroom/{c}/alerts?status=angry", classroom)
                .then()
                .statusCode(400);
        teacher(classroom)
                .get("/api/classroom/{c}/alerts?limit=0", classroom)
                .then()
                .statusCode(400);
        teacher(classroom)
                .get("/api/classroom/{c}/metrics?from=yesterday", classroom)
                .then()
                .statusCode(400)
                .body("detail", containsString("from"));
        teacher(classroom)
                .body("{")
                .post("/api/alerts/{a}/resolve", alert)
                .then()
                .statusCode(400);
        teacher(classroom)
                .body("{\"because\":1}")
                .post("/api/alerts/{a}/resolve", alert)
                .then()
                .statusCode(400);
        teacher(classroom)
                .body("{\"duration\":\"PT100H\"}")
                .post("/api/alerts/{a}/snooze", alert)
                .then()
                .statusCode(400);
        teacher(classroom)
                .body(Map.of("reason", "x".repeat(1001)))
                .post("/api/alerts/{a}/resolve", alert)
                .then()
                .statusCode(400);
        teacher(classroom)
                .body("{}")
                .post("/api/alerts/{a}/resolve", UUID.randomUUID())
                .then()
                .statusCode(404);
        teacher(classroom)
                .body("{}")
                .post("/api/alerts/not-an-id/resolve")
                .then()
                .statusCode(404);
        for (var bad : List.of(
                Map.of("classroom", classroom, "kind", "hint", "requestId", UUID.randomUUID()),
                Map.of("classroom", classroom, "kind", "scolding", "student", "ada", "requestId", UUID.randomUUID()),
                Map.of("classroom", classroom, "kind", "hint", "student", "ada"),
                Map.of(
                        "classroom",
                        classroom,
                        "kind",
                        "hint",
                        "alert",
                        UUID.randomUUID(),
                        "requestId",
                        UUID.randomUUID()),
                Map.of(
                        "classroom",
                        classroom,
                        "kind",
                        "hint",
                        "student",
                        "ada",
                        "note",
                        "x".repeat(1001),
                        "requestId",
                        UUID.randomUUID()))) {
            teacher(classroom)
                    .body(bad)
                    .post("/api/interventions")
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json");
        }
        teacher(classroom)
                .get("/api/classroom/{c}/alert-changes?after=0", classroom)
                .then()
                .body("items", hasSize(1));
        teacher(classroom)
                .get("/api/interventions?classroom={c}", classroom)
                .then()
                .body("items", hasSize(0));
    }

    @Test
    @DisplayName("R-T1 an intervention is noted once per request; its outcome is known when the trouble ended")
    void interventions() {
        var request = UUID.randomUUID();
        String id = teacher(classroom)
                .body(help(request))
                .post("/api/interventions")
                .then()
                .statusCode(201)
                .body("student", equalTo("ada"))
                .body("outcome", nullValue())
                .extract()
                .path("id");
        teacher(classroom)
                .body(help(request))
                .post("/api/interventions")
                .then()
                .statusCode(200)
                .body("id", equalTo(id));
        teacher(classroom)
                .body(Map.of("classroom", classroom, "student", "bob", "kind", "hint", "requestId", request))
                .post("/api/interventions")
                .then()
                .statusCode(409)
                .body("type", equalTo("urn:homeroom:problem:idempotency-key-reused"));

        observe("ada", "e1", 2, EpisodeStatus.CLOSED);
        teacher(classroom)
                .get("/api/interventions?classroom={c}&student=ada", classroom)
                .then()
                .body("items", hasSize(1))
                .body("items[0].outcome", equalTo("improved"));
        teacher(classroom)
                .body(Map.of("kind", "task-change", "note", "easier one"))
                .put("/api/interventions/{i}", id)
                .then()
                .statusCode(200)
                .body("kind", equalTo("task-change"));
        teacher(classroom).get("/api/interventions/{i}", id).then().body("note", equalTo("easier one"));
        teacher(classroom).delete("/api/interventions/{i}", id).then().statusCode(204);
        teacher(classroom).get("/api/interventions/{i}", id).then().statusCode(404);
    }

    @Test
    @DisplayName("R-T1 R-T5 figures are asked for with the service's token, within the caller's classrooms")
    void figures() {
        teacher(classroom)
                .get("/api/classroom/{c}/metrics?bucket=PT5M&from=2026-11-02T09:00:00Z", classroom)
                .then()
                .statusCode(200)
                .body("path", equalTo("/figures/classrooms/" + classroom))
                .body("query", containsString("bucket=PT5M"))
                .body("query", containsString("from=2026-11-02T09:00:00Z"));
        teacher("c2", "c1")
                .get("/api/students/ada/frustration")
                .then()
                .statusCode(200)
                .body("path", equalTo("/figures/students/ada"))
                .body("query", equalTo("classrooms=c1,c2"));
        role("admin").get("/api/students/ada/frustration").then().body("query", equalTo("classrooms=*"));
        teacher("c1").get("/api/students/strange/frustration").then().statusCode(404);
    }

    @Test
    @DisplayName("R-O6 while metrics-service is broken the answer is 503, and the circuit opens")
    void figuresBroken() {
        for (var i = 0; i < 12; i++) {
            teacher("c1")
                    .get("/api/students/broken/frustration")
                    .then()
                    .statusCode(503)
                    .contentType("application/problem+json")
                    .body("type", equalTo("urn:homeroom:problem:unavailable"));
        }
    }

    @Test
    @DisplayName("R-T3 the page is open, brings everything itself, and allows no script but its own")
    void page() {
        var html = given().get("/")
                .then()
                .statusCode(200)
                .contentType("text/html")
                .header("Content-Security-Policy", containsString("script-src 'self'"))
                .extract()
                .asString();
        assertThat(html)
                .doesNotContain("http://", "https://", "<style", "onclick")
                .doesNotContainPattern("<script(?! type=\"module\" src=)");
        for (var asset : List.of("page.js", "page.css", "stream.js", "icon.svg")) {
            given().get("/teacher/" + asset).then().statusCode(200).header("Cache-Control", equalTo("no-cache"));
        }
        given().get("/q/health/ready").then().statusCode(200);
        given().get("/q/openapi").then().statusCode(401);
        role("teacher").get("/q/metrics").then().statusCode(403);
        role("operator").get("/q/metrics").then().statusCode(200).body(containsString("homeroom_outbox"));
        role("operator").get("/q/openapi").then().statusCode(200);
    }

    private Map<String, Object> help(UUID request) {
        return Map.of(
                "classroom", classroom, "alert", alert, "kind", "hint", "note", "drew a picture", "requestId", request);
    }

    private void observe(String student, String id, long revision, EpisodeStatus status) {
        var now = Instant.now();
        var episode = new Episode(
                id,
                revision,
                status,
                student,
                "judge",
                "repeated-errors",
                "task 1",
                Level.HIGH,
                now.minusSeconds(60),
                status == EpisodeStatus.OPEN ? null : now.plusSeconds(1),
                new Trace("4 errors", Map.of("errors", 4.0), List.of()),
                now);
        alerts.observe(classroom, List.of(Revision.of(episode))).await().atMost(Duration.ofSeconds(20));
    }
}

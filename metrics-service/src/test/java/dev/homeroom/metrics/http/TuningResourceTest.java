package dev.homeroom.metrics.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import dev.homeroom.local.token.TokenRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tunings, trials and rehearsals over HTTP. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(JwtResource.class)
class TuningResourceTest {
    private final String room = "tune-" + UUID.randomUUID();

    private RequestSpecification as(String role, String classroom) {
        String token = JwtResource.issuer()
                .issue(TokenRequest.of("t-" + classroom, role).inClassrooms(classroom));
        return given().auth().oauth2(token).contentType("application/json");
    }

    private RequestSpecification teacher() {
        return as("teacher", room);
    }

    @Test
    @DisplayName("R-M3: a teacher tunes the own classroom, sees the rules that follow, and takes it back")
    void tunes() {
        teacher()
                .body("""
                        {"threshold": 0.4, "coolDown": "PT1M", "detectors": {
                            "rage-clicks": {"clicks": 5, "apart": "PT0.8S"}, "idle": {"enabled": false}}}""")
                .put("/api/metrics/tunings/" + room + "/*")
                .then()
                .statusCode(200)
                .body("classroom", equalTo(room))
                .body("mode", equalTo("live"))
                .body("trial", nullValue())
                .body("tuning.detectors.'rage-clicks'.clicks", equalTo("5"));

        teacher()
                .get("/api/metrics/tunings/" + room + "/quiz")
                .then()
                .statusCode(200)
                .body("threshold", equalTo(0.4f))
                .body("hysteresis", equalTo(0.2f))
                .body("coolDown", equalTo("PT1M"))
                .body("detectors.'rage-clicks'.clicks", equalTo("5"))
                .body("detectors.'rage-clicks'.pixels", equalTo("30"))
                .body("detectors.idle", nullValue())
                .body("tunings", hasSize(1));
        teacher().get("/api/metrics/tunings").then().body("items.classroom", hasItem(room));

        teacher().delete("/api/metrics/tunings/" + room + "/*").then().statusCode(204);
        teacher().delete("/api/metrics/tunings/" + room + "/*").then().statusCode(204);
        teacher()
                .get("/api/metrics/tunings/" + room + "/quiz")
                .then()
                .body("threshold", equalTo(0.5f))
                .body("detectors.idle.first", equalTo("PT20S"));
    }

    @Test
    @DisplayName("R-M3: an app is tuned everywhere by operators only, and by nobody in the classroom of somebody else")
    void scopes() {
        String everywhere = "/api/metrics/tunings/*/app-" + room;
        teacher().body("{}").put(everywhere).then().statusCode(403);
        as("operator", "none").body("{}").put(everywhere).then().statusCode(200);
        teacher().get(everywhere).then().statusCode(200).body("tunings", hasSize(1));
        as("operator", "none").delete(everywhere).then().statusCode(204);
        as("operator", "none").body("{}").put("/api/metrics/tunings/*/*").then().statusCode(400);
        as("teacher", "other")
                .body("{}")
                .put("/api/metrics/tunings/" + room + "/*")
                .then()
                .statusCode(403);
        as("teacher", "other").get("/api/metrics/tunings/" + room + "/*").then().statusCode(403);
        as("app", room).get("/api/metrics/tunings").then().statusCode(403);
        as("teacher", "other").get("/api/metrics/trials/" + room).then().statusCode(403);
        as("operator", "none").get("/api/metrics/trials/" + room).then().statusCode(403);
    }

    @Test
    @DisplayName("R-M3: a tuning in the shadow is a trial with a number; what it tells can be asked for")
    void trial() {
        int number = teacher()
                .body("{\"threshold\": 0.3}")
                .put("/api/metrics/tunings/" + room + "/*?mode=shadow")
                .then()
                .statusCode(200)
                .body("mode", equalTo("shadow"))
                .body("trial", notNullValue())
                .extract()
                .path("trial");
        teacher().get("/api/metrics/tunings/" + room + "/quiz").then().body("threshold", equalTo(0.5f));
        teacher()
                .get("/api/metrics/trials/" + room + "?trial=" + number)
                .then()
                .statusCode(200)
                .body("items", hasSize(0));
        teacher()
                .get("/api/metrics/trials/" + room + "/" + number + "/report")
                .then()
                .statusCode(200)
                .body("detectors", hasSize(0));
    }

    @Test
    @DisplayName("R-M3: lists of tunings go on where a page ends")
    void pages() {
        for (String app : new String[] {"a", "b", "c"}) {
            teacher()
                    .body("{}")
                    .put("/api/metrics/tunings/" + room + "/" + app)
                    .then()
                    .statusCode(200);
        }
        String next = teacher()
                .get("/api/metrics/tunings?limit=2")
                .then()
                .statusCode(200)
                .body("items", hasSize(2))
                .extract()
                .path("next");
        teacher()
                .get("/api/metrics/tunings?limit=1000&after=" + next)
                .then()
                .body("items.app", hasItem("c"))
                .body("items.app", not(hasItem("a")));
        teacher().get("/api/metrics/tunings?after=nonsense").then().statusCode(400);
    }

    @ParameterizedTest
    @DisplayName("R-M3: a tuning that cannot be is refused with what is wrong in it")
    @CsvSource(delimiter = '|', textBlock = """
            {"threshold": 2} | threshold: must be 0.05 to 1
            {"threshold": "high"} | threshold: must be a number
            {"coolDown": "soon"} | coolDown: must be a duration
            {"mood": 1} | mood: is no field
            {"detectors": {"mood": {}}} | detectors.mood: is unknown
            {"detectors": {"idle": {"first": 20}}} | detectors.idle.first: must be a duration
            {"detectors": {"idle": {"enabled": "no"}}} | detectors.idle.enabled: must be true or false
            {"detectors": {"rage-clicks": {"clicks": 1}}} | detectors.rage-clicks.clicks: must be 2 to 50
            [] | tuning: must be an object
            """)
    void refused(String body, String words) {
        teacher()
                .body(body)
                .put("/api/metrics/tunings/" + room + "/*")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("detail", containsString(words));
    }

    @Test
    @DisplayName("R-M3: a rehearsal of what was not is empty; one that is no question is a problem")
    void rehearsal() {
        String asked = "{\"classroom\": \"%s\", \"from\": \"%s\", \"to\": \"%s\", \"tuning\": {\"threshold\": 0.3}}";
        teacher()
                .body(asked.formatted(room, "2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z"))
                .post("/api/metrics/rehearsals")
                .then()
                .statusCode(200)
                .body("events", equalTo(0))
                .body("detectors", hasSize(0));
        teacher()
                .body(asked.formatted(room, "2026-03-02T00:00:00Z", "2026-06-03T00:00:00Z"))
                .post("/api/metrics/rehearsals")
                .then()
                .statusCode(400)
                .body("detail", containsString("within 31 days"));
        teacher()
                .body(asked.formatted("other", "2026-03-02T00:00:00Z", "2026-03-03T00:00:00Z"))
                .post("/api/metrics/rehearsals")
                .then()
                .statusCode(403);
    }
}

package dev.homeroom.metrics.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import dev.homeroom.local.token.TokenRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions about what is stored, over HTTP, from rows as the fold writes them. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(JwtResource.class)
class QueryTest {
    private static final String RANGE = "&from=2026-11-20T00:00:00Z&to=2026-11-22T00:00:00Z";

    @Inject
    DataSource database;

    @Inject
    Pool pool;

    private final String room = "query-" + UUID.randomUUID();
    private final String student = "p-" + UUID.randomUUID();

    @BeforeEach
    void rows() throws SQLException {
        stored().write();
    }

    private StoredRows stored() {
        return new StoredRows(database, room, student);
    }

    @Test
    @DisplayName("R-M5: the database gives up a question when nobody waits for its answer any more")
    void cancelled() {
        assertThat(pool.query("SHOW statement_timeout")
                        .execute()
                        .await()
                        .atMost(Duration.ofSeconds(10))
                        .iterator()
                        .next()
                        .getString(0))
                .isEqualTo("5s");
    }

    @Test
    @DisplayName("R-M5: figures of a classroom by hour and day, app and skill, page by page")
    void rollups() {
        List<String> all = keys("/api/metrics/rollups?classroom=" + room + RANGE + "&bucket=PT1H", "start+skill");
        assertThat(all).hasSize(60).isSorted().doesNotHaveDuplicates();

        get("teacher", "/api/metrics/rollups?classroom=" + room + RANGE + "&bucket=P1D&skill=loops")
                .then()
                .statusCode(200)
                .body("items.start", contains("2026-11-20T00:00:00.000Z", "2026-11-21T00:00:00.000Z"))
                .body("items.events", contains(42, 48))
                .body("items[0].successRate", equalTo(0.5f))
                .body("next", nullValue());
        get("teacher", "/api/metrics/rollups?classroom=" + room + RANGE + "&bucket=PT1M&skill=&limit=1")
                .then()
                .statusCode(200)
                .body("items.skill", contains(""));
    }

    @Test
    @DisplayName("R-M5: figures of students, of a classroom or of one, page by page")
    void students() {
        assertThat(keys("/api/metrics/students?classroom=" + room + RANGE, "start+student"))
                .hasSize(60)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(keys("/api/metrics/students?bucket=P1D&classroom=" + room + RANGE, "start+student"))
                .hasSize(4)
                .isSorted();
        get("admin", "/api/metrics/students?bucket=P1D&student=" + student + RANGE)
                .then()
                .statusCode(200)
                .body("items.classroom", contains(room, room))
                .body("items.events", contains(42, 48));
    }

    @Test
    @DisplayName("R-M5: episodes, latest first, page by page; what was retracted only when asked for")
    void episodes() {
        assertThat(keys("/api/metrics/episodes?classroom=" + room + RANGE, "since+id"))
                .hasSize(6)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo((a, b) -> b.compareTo(a));
        get("teacher", "/api/metrics/episodes?status=retracted&student=" + student + RANGE)
                .then()
                .statusCode(200)
                .body("items", hasSize(1));
        get(
                        "teacher",
                        "/api/metrics/episodes?status=open&detector=struggle&skill=loops&app=quiz&classroom=" + room
                                + RANGE)
                .then()
                .statusCode(200)
                .body("items.evidence.rule", contains("r"))
                .body("items.until", contains(nullValue()));
    }

    @Test
    @DisplayName("R-M5: events of a student as they were sent, page by page")
    void events() {
        String path = "/api/metrics/events?classroom=" + room + "&student=" + student + RANGE;
        assertThat(keys(path, "at+id")).hasSize(25).isSorted().doesNotHaveDuplicates();
        get("teacher", path + "&limit=1")
                .then()
                .body("items[0].context.n", equalTo(1))
                .body("items[0].value", equalTo(1.5f))
                .body("items[0].type", equalTo("attempt"));
    }

    @Test
    @DisplayName("R-M5: where students struggle, by app and skill, the worst first")
    void struggle() {
        get("teacher", "/api/metrics/struggle?classroom=" + room + RANGE)
                .then()
                .statusCode(200)
                .body("items.skill", contains("loops", ""))
                .body("items.students", contains(2, 0))
                .body("items.struggling", contains(1, 0))
                .body("items.episodes", contains(6, 0))
                .body("items.severe", contains(6, 0))
                .body("items.attempts", contains(180, 180));
        assertThat(keys("/api/metrics/struggle?classroom=" + room + RANGE, "skill"))
                .containsExactly("loops", "");
    }

    @Test
    @DisplayName("R-M5: the snapshot of a classroom, also of one without life")
    void snapshot() throws SQLException {
        stored().run(
                        "INSERT INTO metrics.minute_rollup VALUES ('ROOM', date_trunc('minute', now()), 'quiz', '', 4, 1, 2, 1, 0)");
        stored().run(
                        "INSERT INTO metrics.student_minute VALUES ('ROOM', date_trunc('minute', now()), 'STUDENT', 4, 1, 2, 1)");
        get("teacher", "/api/metrics/snapshot?classroom=" + room)
                .then()
                .statusCode(200)
                .body("students", equalTo(1))
                .body("events", equalTo(4))
                .body("successRate", equalTo(0.5f))
                .body("struggling", equalTo(1))
                .body("openEpisodes", equalTo(1))
                .body("low", equalTo(1))
                .body("critical", equalTo(0));
        get("admin", "/api/metrics/snapshot?classroom=nobody-here")
                .then()
                .statusCode(200)
                .body("students", equalTo(0))
                .body("successRate", nullValue());
    }

    @Test
    @DisplayName("R-T5: a teacher sees the classrooms of the token only, on every path")
    void scope() {
        for (String path : List.of("rollups", "students", "episodes", "events", "struggle", "snapshot")) {
            given().get("/api/metrics/" + path + "?classroom=" + room).then().statusCode(401);
            get("app", "/api/metrics/" + path + "?classroom=" + room).then().statusCode(403);
            get("stranger", "/api/metrics/" + path + "?classroom=" + room)
                    .then()
                    .statusCode(403);
        }
        get("stranger", "/api/metrics/episodes?student=" + student + RANGE)
                .then()
                .statusCode(200)
                .body("items", hasSize(0));
        get("stranger", "/api/metrics/students?student=" + student + RANGE)
                .then()
                .body("items", hasSize(0));
        get("teacher", "/api/metrics/students?student=" + student + RANGE)
                .then()
                .body("items", hasSize(30));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rollups",
                "rollups?classroom=c&bucket=PT5M",
                "rollups?classroom=c&skil=x",
                "rollups?classroom=c&app=a&app=b",
                "rollups?classroom=c%00",
                "rollups?classroom=c&limit=0",
                "rollups?classroom=c&after=x",
                "rollups?classroom=c&after=YQ",
                "rollups?classroom=c&after=YR9iH2M",
                "rollups?classroom=c&after=MjAyNi0xMS0yMFQxMDowMDowMFofYR8A",
                "rollups?classroom=c&from=yesterday",
                "rollups?classroom=c&from=2026-11-20T10:00:00Z&to=2026-11-20T10:00:00Z",
                "rollups?classroom=c&from=2020-11-20T10:00:00Z",
                "students",
                "students?classroom=c&bucket=PT1M",
                "episodes",
                "episodes?student=s&status=over",
                "events?classroom=c",
                "struggle",
                "snapshot?classroom=c&from=2026-11-20T10:00:00Z"
            })
    @DisplayName("R-M5: a question that is wrong is a problem that names the field")
    void badQuestions(String question) {
        given().urlEncodingEnabled(false)
                .auth()
                .oauth2(JwtResource.token("admin"))
                .get("/api/metrics/" + question)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:homeroom:problem:invalid"))
                .body("detail", startsWith(""));
    }

    /** The key fields of all rows, fetched in pages of seven. */
    private List<String> keys(String path, String fields) {
        List<String> keys = new ArrayList<>();
        @Nullable String next = null;
        do {
            JsonPath page = get("teacher", path + "&limit=7" + (next == null ? "" : "&after=" + next))
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            for (int i = 0; i < page.getList("items").size(); i++) {
                StringBuilder key = new StringBuilder();
                for (String field : fields.split("\\+", -1)) {
                    key.append(page.getString("items[" + i + "]." + field));
                }
                keys.add(key.toString());
            }
            next = page.getString("next");
        } while (next != null);
        return keys;
    }

    private Response get(String who, String path) {
        return as(who).urlEncodingEnabled(false).get(path);
    }

    private RequestSpecification as(String who) {
        String token = switch (who) {
            case "teacher" -> token(room);
            case "stranger" -> token("elsewhere");
            default -> JwtResource.token(who);
        };
        return given().auth().oauth2(token);
    }

    private static String token(String classroom) {
        return JwtResource.issuer()
                .issue(TokenRequest.of("t-" + classroom, "teacher").inClassrooms(classroom));
    }
}

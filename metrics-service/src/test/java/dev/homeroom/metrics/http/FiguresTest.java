package dev.homeroom.metrics.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Figures for our own services, from rows as the fold writes them (R-T1). */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(JwtResource.class)
class FiguresTest {
    private static final String RANGE = "from=2026-11-21T10:00:00Z&to=2026-11-21T11:00:00Z";

    @Inject
    DataSource database;

    private final String room = "figures-" + UUID.randomUUID();
    private final String student = "p-" + UUID.randomUUID();

    @BeforeEach
    void rows() throws SQLException {
        run("""
            INSERT INTO metrics.minute_rollup (classroom, minute, app, skill, events, errors, attempts, successes, hints)
            VALUES ('ROOM', '2026-11-21T10:01:00Z', 'quiz', '', 10, 2, 4, 1, 0),
                   ('ROOM', '2026-11-21T10:01:00Z', 'quiz', 'loops', 5, 0, 0, 0, 1),
                   ('ROOM', '2026-11-21T10:04:00Z', 'quiz', '', 1, 0, 0, 0, 0),
                   ('ROOM', '2026-11-21T11:00:00Z', 'quiz', '', 99, 0, 0, 0, 0)
            """);
        run("""
            INSERT INTO metrics.student_minute (classroom, minute, student, events, errors, attempts, successes)
            VALUES ('ROOM', '2026-11-21T10:01:00Z', 'STUDENT', 12, 2, 4, 1),
                   ('ROOM', '2026-11-21T10:01:00Z', 'other', 3, 0, 0, 0),
                   ('ROOM', '2026-11-21T10:04:00Z', 'STUDENT', 1, 0, 0, 0)
            """);
        episode("open", "0.8", "high", "NULL");
        episode("closed", "0.95", "critical", "'2026-11-21T10:03:00Z'");
        episode("retracted", "1", "critical", "'2026-11-21T10:03:00Z'");
    }

    @Test
    void bucketsAndStudentsOfAClassroom() {
        as("service")
                .get("/figures/classrooms/" + room + "?bucket=PT2M&" + RANGE)
                .then()
                .statusCode(200)
                .body("classroom", equalTo(room))
                .body("buckets.start", contains("2026-11-21T10:00:00.000Z", "2026-11-21T10:04:00.000Z"))
                .body("buckets[0].events", equalTo(15))
                .body("buckets[0].students", equalTo(2))
                .body("buckets[0].errors", equalTo(2))
                .body("buckets[0].hints", equalTo(1))
                .body("buckets[0].successRate", equalTo(0.25f))
                .body("buckets[0].struggling", equalTo(1))
                .body("buckets[1].successRate", nullValue())
                .body("students.student", contains(student, "other"))
                .body("students[0].level", equalTo("low"))
                .body("students[0].score.toDouble()", closeTo(0.4 * 0.86, 0.4 * 0.06 + 1e-6))
                .body("students[0].events", equalTo(13))
                .body("students[0].lastActivity", equalTo("2026-11-21T10:04:00.000Z"))
                .body("students[1].level", equalTo("none"));
        as("service").get("/figures/classrooms/nobody").then().statusCode(200).body("buckets", hasSize(0));
    }

    @Test
    @DisplayName("R-M5: hours read from hours and ragged ends from minutes are what the minutes say")
    void wholeHoursAndRaggedEnds() throws SQLException {
        run("""
            INSERT INTO metrics.minute_rollup (classroom, minute, app, skill, events, errors, attempts, successes, hints)
            SELECT 'ragged-ROOM', TIMESTAMPTZ '2026-11-20T00:00:00Z' + i * INTERVAL '7 minutes', 'quiz', '', i, 1, 1, 0, 0
            FROM generate_series(0, 199) i
            """);
        run("""
            INSERT INTO metrics.student_minute (classroom, minute, student, events, errors, attempts, successes)
            SELECT classroom, minute, 's' || events % 3, events, 1, 1, 0 FROM metrics.minute_rollup
            WHERE classroom = 'ragged-ROOM'
            """);
        run("""
            INSERT INTO metrics.student_hour
                (classroom, hour, student, app, skill, events, errors, attempts, successes, hints)
            SELECT classroom, date_trunc('hour', minute), student, 'quiz', '', sum(events), sum(errors), sum(attempts), 0, 0
            FROM metrics.student_minute WHERE classroom = 'ragged-ROOM' GROUP BY 1, 2, 3
            """);
        for (String range : List.of(
                "from=2026-11-20T02:30:00Z&to=2026-11-20T09:20:00Z",
                "from=2026-11-20T02:00:00Z&to=2026-11-20T09:00:00Z",
                "from=2026-11-20T02:10:00Z&to=2026-11-20T02:50:00Z",
                "from=2026-11-20T02:10:00Z&to=2026-11-20T03:05:00Z")) {
            var minutes = figures(range, "PT1M");
            var hours = figures(range, "PT1H");
            for (String figure : List.of("events", "errors", "attempts")) {
                assertThat(hours.getInt("buckets." + figure + ".sum()"))
                        .as("%s in %s", figure, range)
                        .isEqualTo(minutes.getInt("buckets." + figure + ".sum()"));
            }
            assertThat(hours.<Object>getList("students")).as(range).isEqualTo(minutes.getList("students"));
            assertThat(hours.getList("buckets.students", Integer.class))
                    .as(range)
                    .allMatch(seen -> seen >= 1);
        }
    }

    private JsonPath figures(String range, String bucket) {
        return as("service")
                .get("/figures/classrooms/ragged-" + room + "?bucket=" + bucket + "&" + range)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @Test
    @DisplayName("R-M5: a student counts as struggling in every bucket that an episode touches")
    void episodesInBuckets() throws SQLException {
        run("""
            INSERT INTO metrics.minute_rollup (classroom, minute, app, skill, events, errors, attempts, successes, hints)
            SELECT 'ragged-ROOM', TIMESTAMPTZ '2026-11-20T10:00:00Z' + i * INTERVAL '1 hour', 'quiz', '', 1, 0, 0, 0, 0
            FROM generate_series(0, 5) i
            """);
        run("""
            INSERT INTO metrics.episode (id, revision, status, classroom, student, app, detector, level, score,
                                         started_at, ended_at, evidence, caused_at)
            SELECT gen_random_uuid(), 1, status, 'ragged-ROOM', student, 'quiz', 'd', 'low', 0.5, since, until, '{}', now()
            FROM (VALUES ('closed', 'a', TIMESTAMPTZ '2026-11-20T09:50:00Z', TIMESTAMPTZ '2026-11-20T11:10:00Z'),
                         ('closed', 'a', '2026-11-20T11:20:00Z', '2026-11-20T11:30:00Z'),
                         ('closed', 'b', '2026-11-20T11:59:00Z', '2026-11-20T12:00:00Z'),
                         ('open', 'c', '2026-11-20T14:30:00Z', NULL),
                         ('retracted', 'd', '2026-11-20T10:00:00Z', '2026-11-20T15:00:00Z'))
                AS e (status, student, since, until)
            """);
        assertThat(figures("from=2026-11-20T10:00:00Z&to=2026-11-20T16:00:00Z", "PT1H")
                        .getList("buckets.struggling"))
                .containsExactly(1, 2, 1, 0, 1, 1);
    }

    @Test
    void episodesOfAStudentWithinTheClassroomsAskedFor() {
        as("service")
                .get("/figures/students/" + student + "?classrooms=x," + room)
                .then()
                .statusCode(200)
                // By the weight of the detector, and somewhere on the ladder of duration.
                .body("level", equalTo("low"))
                .body("score.toDouble()", closeTo(0.4 * 0.86, 0.4 * 0.06 + 1e-6))
                .body("episodes.suspect", everyItem(nullValue()))
                .body("episodes", hasSize(2))
                .body("episodes.find { it.status == 'open' }.evidence.rule", equalTo("r"))
                .body("episodes.find { it.status == 'open' }.until", nullValue())
                .body("episodes.find { it.status == 'closed' }.until", equalTo("2026-11-21T10:03:00.000Z"));
        as("service")
                .get("/figures/students/" + student + "?classrooms=x")
                .then()
                .body("level", equalTo("none"))
                .body("episodes", hasSize(0));
        as("admin").get("/figures/students/" + student + "?classrooms=*").then().body("episodes", hasSize(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/figures/classrooms/c?bucket=PT90S",
                "/figures/classrooms/c?bucket=PT0S",
                "/figures/classrooms/c?bucket=soon",
                "/figures/classrooms/c?from=yesterday",
                "/figures/classrooms/c?from=2026-11-21T10:00:00Z&to=2026-11-21T10:00:00Z",
                "/figures/classrooms/c?from=2020-11-21T10:00:00Z&to=2026-11-21T10:00:00Z",
                "/figures/classrooms/c?from=2026-11-01T10:00:00Z&to=2026-11-21T10:00:00Z",
                "/figures/classrooms/c%00",
                "/figures/students/p"
            })
    void badQuestionsAreProblems(String path) {
        given().urlEncodingEnabled(false)
                .auth()
                .oauth2(JwtResource.token("service"))
                .get(path)
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void figuresAreForServices() {
        given().get("/figures/classrooms/c").then().statusCode(401);
        as("teacher").get("/figures/classrooms/c").then().statusCode(403);
    }

    @Test
    void healthIsOpenAndKnowsTheStreams() {
        given().get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.find { it.name == 'streams' }.status", equalTo("UP"));
    }

    private static RequestSpecification as(String role) {
        return given().auth().oauth2(JwtResource.token(role));
    }

    private void episode(String status, String score, String level, String until) throws SQLException {
        run("""
            INSERT INTO metrics.episode (id, revision, status, classroom, student, app, detector, level, score,
                                         started_at, ended_at, evidence, caused_at)
            VALUES (gen_random_uuid(), 1, '%s', 'ROOM', 'STUDENT', 'quiz', 'struggle', '%s', %s,
                    '2026-11-21T10:01:30Z', %s, '{"rule": "r", "values": {}, "events": []}', now())
            """.formatted(status, level, score, until));
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql.replace("ROOM", room).replace("STUDENT", student));
        }
    }
}

package dev.homeroom.metrics.http;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;

import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The level of students in all answers, from open episodes as the fold writes them. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(JwtResource.class)
class LevelFiguresTest {
    @Inject
    DataSource database;

    private final String room = "figures-" + UUID.randomUUID();

    @Test
    @DisplayName("R-M3: what teachers see of a student is the level function over the open signals")
    void levelOfSignals() throws SQLException {
        open("levels-ROOM", "a", "rage-clicks", 0.5, null);
        open("levels-ROOM", "a", "struggle", 0.9, null);
        open("other-ROOM", "a", "rage-clicks", 0.4, null);
        active("levels-ROOM", "a");
        // Each signal is four steps up the ladder of duration.
        double strength = 0.7 + 0.3 * (0.4 * 0.94 / 2);

        as("service")
                .get("/figures/students/a?classrooms=other-" + room + ",levels-" + room)
                .then()
                .body("score.toDouble()", closeTo(strength, 1e-6))
                .body("level", equalTo("high"));
        as("service")
                .get("/figures/classrooms/levels-" + room)
                .then()
                .body("students[0].score.toDouble()", closeTo(strength, 1e-6))
                .body("students[0].level", equalTo("high"));
    }

    @Test
    @DisplayName("R-M3, R-M4: what a suspected app explains makes nobody struggle")
    void suspectedAppsDoNotCount() throws SQLException {
        UUID suspect = UUID.randomUUID();
        open("levels-ROOM", "b", "rage-clicks", 0.9, suspect);
        active("levels-ROOM", "b");

        as("service")
                .get("/figures/students/b?classrooms=levels-" + room)
                .then()
                .body("level", equalTo("none"))
                .body("score", equalTo(0.0f))
                .body("episodes.suspect", contains(suspect.toString()));
        as("service")
                .get("/figures/classrooms/levels-" + room)
                .then()
                .body("students[0].level", equalTo("none"))
                .body("buckets.struggling", everyItem(equalTo(0)));
        as("admin")
                .get("/api/metrics/snapshot?classroom=levels-" + room)
                .then()
                .body("struggling", equalTo(0))
                .body("openEpisodes", equalTo(0));
        as("admin")
                .get("/api/metrics/struggle?classroom=levels-" + room)
                .then()
                .body("items.struggling", everyItem(equalTo(0)));
    }

    /** An episode that is open for three minutes. */
    private void open(String classroom, String who, String detector, double score, @Nullable UUID suspect)
            throws SQLException {
        run("""
            INSERT INTO metrics.episode (id, revision, status, classroom, student, app, detector, level, score,
                                         started_at, evidence, caused_at, suspect)
            VALUES (gen_random_uuid(), 1, 'open', '%s', '%s', 'quiz', '%s', 'low', %s,
                    now() - INTERVAL '3 minutes', '{"rule": "r", "values": {}, "events": []}', now(), %s)
            """.formatted(classroom, who, detector, score, suspect == null ? "NULL" : "'" + suspect + "'"));
    }

    private void active(String classroom, String who) throws SQLException {
        run("INSERT INTO metrics.student_minute VALUES ('%s', date_trunc('minute', now()), '%s', 4, 1, 2, 1)"
                .formatted(classroom, who));
        run("INSERT INTO metrics.minute_rollup VALUES ('%s', date_trunc('minute', now()), 'quiz', '', 4, 1, 2, 1, 0)"
                .formatted(classroom));
    }

    private static RequestSpecification as(String role) {
        return given().auth().oauth2(JwtResource.token(role));
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql.replace("ROOM", room));
        }
    }
}

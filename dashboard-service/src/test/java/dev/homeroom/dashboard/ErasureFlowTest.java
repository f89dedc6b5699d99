package dev.homeroom.dashboard;

import static dev.homeroom.dashboard.Broker.episode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.homeroom.contracts.alert.AlertChange;
import dev.homeroom.contracts.frustration.Standing;
import dev.homeroom.dashboard.postgres.ErasedStudents;
import dev.homeroom.local.testing.JwtResource;
import dev.homeroom.local.testing.KafkaResource;
import dev.homeroom.local.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Students are forgotten, whatever happens meanwhile. */
@QuarkusTest
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(JwtResource.class)
@QuarkusTestResource(FiguresServer.class)
@DisplayName("R-T5 Forgetting a student")
class ErasureFlowTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Inject
    AlertBook alerts;

    @Inject
    Pool pool;

    @Inject
    ErasedStudents students;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String brokers;

    private Broker broker;
    private String classroom;

    @BeforeEach
    void connect() {
        broker = new Broker(brokers);
        classroom = "flow-" + UUID.randomUUID();
    }

    @AfterEach
    void disconnect() {
        broker.close();
    }

    @Test
    @DisplayName(
            "R-T5 an erased student's alert is dismissed for live pages, every row goes, and no episode is taken any more")
    void erasedStudent() {
        var student = "p-" + UUID.randomUUID();
        broker.publish(
                episode(classroom, student, "e1", 1, "open", "high").with(new Standing("high", List.of())),
                episode(classroom, "bob", "e2", 1, "open", "high"));
        assertThat(broker.changes(classroom, 2)).hasSize(2);

        broker.erase(student);
        assertThat(broker.changes(classroom, 3).getLast())
                .satisfies(change -> assertThat(change.change()).isEqualTo("dismissed"));
        broker.erase(student);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(rowsAbout(student)).isZero());
        broker.publish(
                episode(classroom, student, "e3", 1, "open", "high"),
                episode(classroom, "bob", "e2", 2, "closed", "high"));

        assertThat(broker.changes(classroom, 4).getLast().alert().student()).isEqualTo("bob");
        assertThat(rowsAbout(student)).isZero();
        var history = done(alerts.history(classroom, 0, 100));
        assertThat(history.items()).extracting(AlertChange::seq).containsExactly(1L, 2L, 3L, 4L);
        assertThat(history.items())
                .extracting(change -> change.alert().student())
                .containsExactly("erased", "bob", "erased", "bob");
    }

    @Test
    @DisplayName("R-T5 an erasure that cannot be done now holds up no alert and no other student, and is done later")
    void stuckErasure() {
        var stuck = "p-" + UUID.randomUUID();
        var other = "p-" + UUID.randomUUID();
        broker.publish(
                episode(classroom, stuck, "e1", 1, "open", "high"), episode(classroom, other, "e2", 1, "open", "high"));
        assertThat(broker.changes(classroom, 2)).hasSize(2);
        done(pool.query("""
                        CREATE FUNCTION dashboard.stuck() RETURNS trigger LANGUAGE plpgsql AS
                        $$BEGIN RAISE EXCEPTION 'not now'; END$$;
                        CREATE TRIGGER stuck BEFORE DELETE ON dashboard.alert_episode FOR EACH ROW
                        WHEN (OLD.student = '%s') EXECUTE FUNCTION dashboard.stuck()
                        """.formatted(stuck)).execute());
        try {
            broker.erase(stuck);
            broker.erase(other);
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(rowsAbout(other)).isZero());
            var elsewhere = "flow-" + UUID.randomUUID();
            broker.publish(episode(elsewhere, "ada", "e3", 1, "open", "high"));
            assertThat(broker.changes(elsewhere, 1)).hasSize(1);
            assertThat(rowsAbout(stuck)).isPositive();
        } finally {
            done(pool.query("DROP FUNCTION dashboard.stuck() CASCADE").execute());
        }
        await().atMost(LIMIT).untilAsserted(() -> assertThat(rowsAbout(stuck)).isZero());
    }

    @Test
    @DisplayName("R-T5 what there is about a student is found by indexes, in every table")
    void foundByIndex() {
        var plan = done(pool.withTransaction(connection -> connection
                .query("SET LOCAL enable_seqscan = off")
                .execute()
                .chain(() -> connection.query("""
                        EXPLAIN SELECT classroom FROM dashboard.alert WHERE student = 's'
                        UNION SELECT classroom FROM dashboard.alert_episode WHERE student = 's'
                        UNION SELECT classroom FROM dashboard.student_standing WHERE student = 's'
                        UNION SELECT classroom FROM dashboard.intervention WHERE student = 's'
                        UNION SELECT classroom FROM dashboard.alert_change WHERE body ->> 'student' = 's'
                        """).execute())));
        assertThat(plan)
                .extracting(row -> row.getString(0))
                .anyMatch(line -> line.contains("Index"))
                .noneMatch(line -> line.contains("Seq Scan"))
                // Of a wider index every entry is read; only the student's own are wanted.
                .filteredOn(line -> line.contains("Index Scan") || line.contains("Bitmap Index Scan"))
                .allMatch(line -> line.contains("student"));
    }

    @Test
    @DisplayName("R-T5 another secret than the one by which students were forgotten is noticed")
    void anotherSecret() {
        broker.erase("p-" + UUID.randomUUID());
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(done(pool.query("SELECT 1 FROM dashboard.erased_student")
                                        .execute())
                                .size())
                        .isPositive());
        done(students.confirmKey());
        done(pool.query("UPDATE dashboard.erasure_key SET key_check = 'of another'")
                .execute());
        try {
            assertThatThrownBy(() -> done(students.confirmKey()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("homeroom.erasure.key");
        } finally {
            done(pool.query("UPDATE dashboard.erasure_key SET key_check = NULL").execute());
            done(students.confirmKey());
        }
    }

    private long rowsAbout(String student) {
        return done(pool.preparedQuery("""
                        SELECT (SELECT count(*) FROM dashboard.alert WHERE student = $1)
                             + (SELECT count(*) FROM dashboard.alert_episode WHERE student = $1)
                             + (SELECT count(*) FROM dashboard.intervention WHERE student = $1)
                             + (SELECT count(*) FROM dashboard.student_standing WHERE student = $1)
                             + (SELECT count(*) FROM dashboard.alert_change WHERE strpos(body::text, $1) > 0)
                             + (SELECT count(*) FROM dashboard.outbox WHERE strpos(data::text, $1) > 0) AS rows
                        """).execute(Tuple.of(student)))
                .iterator()
                .next()
                .getLong("rows");
    }

    private static <T> T done(Uni<T> uni) {
        return uni.await().atMost(LIMIT);
    }
}

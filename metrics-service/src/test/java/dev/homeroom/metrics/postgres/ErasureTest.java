package dev.homeroom.metrics.postgres;

import static dev.homeroom.metrics.Samples.attempt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.metrics.FoldStore;
import dev.homeroom.metrics.PartitionFold;
import dev.homeroom.metrics.Samples;
import dev.homeroom.metrics.Slice;
import dev.homeroom.metrics.StoreUnavailableException;
import dev.homeroom.metrics.core.Student;
import dev.homeroom.metrics.erasure.Erasures;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A student is forgotten: rows go, numbers stay, and nothing new is taken. */
class ErasureTest {
    private static final String TOPIC = "topic";
    private static final String TABLES = """
            SELECT c.oid::regclass FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE c.relnamespace = 'metrics'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
              AND a.attname = 'student' AND NOT a.attisdropped AND c.relname <> 'erased_student'
            """;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(600);
    private final FoldDatabase database = new FoldDatabase();
    private final FoldStore store = database.store();
    private final Erasures erasures = new PostgresErasures(database.source(), Clock.systemUTC(), Optional.empty());
    private long next;

    @AfterEach
    void stop() {
        database.close();
    }

    private PartitionFold fold() {
        store.position(TOPIC, 0, "id", 0);
        return new PartitionFold(store, 100);
    }

    private void observe(PartitionFold fold, MetricEvent... events) {
        var taken = Arrays.stream(events).map(Samples::taken).toList();
        assertThat(fold.observe(new Slice(TOPIC, 0, next, next + events.length, taken)))
                .isInstanceOf(FoldStore.Committed.class);
        next += events.length;
    }

    /** Enough failures for an episode, in two classrooms, beside another student. */
    private MetricEvent[] failures(String student, Instant from) {
        List<MetricEvent> events = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            events.add(attempt("c1", student, false, from.plusSeconds(i)));
            events.add(attempt("c2", student, false, from.plusSeconds(i)));
            events.add(attempt("c1", "other", false, from.plusSeconds(i)));
        }
        return events.toArray(MetricEvent[]::new);
    }

    private long rowsAbout(String student) {
        long rows = 0;
        for (String table : database.rows(TABLES)) {
            rows += database.number("SELECT count(*) FROM %s WHERE student = '%s'".formatted(table, student));
        }
        return rows
                + database.number("SELECT count(*) FROM metrics.outbox WHERE topic <> 'homeroom.students.v1'"
                        + " AND strpos(data::text, '\"" + student + "\"') > 0");
    }

    @Test
    @DisplayName(
            "R-T5: every row about an erased student goes, in every classroom; figures without names and others stay")
    void rowsGo() {
        observe(fold(), failures("gone", now));
        long events = database.number("SELECT sum(events) FROM metrics.minute_rollup");
        assertThat(rowsAbout("gone")).isGreaterThan(15);
        long others = rowsAbout("other");

        erasures.decide("gone", now);
        assertThat(erasures.deleteRows()).isGreaterThan(15);

        assertThat(rowsAbout("gone")).isZero();
        assertThat(rowsAbout("other")).isEqualTo(others);
        assertThat(database.number("SELECT sum(events) FROM metrics.minute_rollup"))
                .isEqualTo(events);
        assertThat(erasures.deleteRows()).isZero();
        assertThat(database.rows("SELECT student, done_at IS NOT NULL FROM metrics.erased_student"))
                .containsExactly("null|t");
        assertThat(
                        database.rows(
                                "SELECT key, event_type, data->>'student' FROM metrics.outbox WHERE topic = 'homeroom.students.v1'"))
                .containsExactly("gone|dev.homeroom.student.v1.erased|gone");
    }

    @Test
    @DisplayName("R-T5: events go too where everything else about the student has expired before them")
    void eventsThatOutliveTheRest() {
        observe(fold(), failures("gone", now));
        database.run("SELECT metrics.drop_student_rows(now() + INTERVAL '1 day', 1000)");
        database.run("DELETE FROM metrics.outbox");
        assertThat(rowsAbout("gone")).isEqualTo(10);

        erasures.decide("gone", now);
        assertThat(erasures.deleteRows()).isEqualTo(10);

        assertThat(rowsAbout("gone")).isZero();
        assertThat(rowsAbout("other")).isEqualTo(5);
    }

    @Test
    @DisplayName(
            "R-T5: one whose rows cannot be deleted now holds up nobody behind them, and their other tables are done")
    void oneHoldsUpNobody() {
        observe(fold(), failures("stuck", now));
        observe(fold(), failures("gone", now));
        database.run("""
                CREATE FUNCTION metrics.stuck() RETURNS trigger LANGUAGE plpgsql AS
                $$BEGIN RAISE EXCEPTION 'not now'; END$$;
                CREATE TRIGGER stuck BEFORE DELETE ON metrics.student_state FOR EACH ROW
                WHEN (OLD.student = 'stuck') EXECUTE FUNCTION metrics.stuck()
                """);
        erasures.decide("stuck", now);
        erasures.decide("gone", now.plusSeconds(1));

        assertThatThrownBy(erasures::deleteRows).isInstanceOf(StoreUnavailableException.class);
        assertThat(rowsAbout("gone")).isZero();
        assertThat(database.number("SELECT count(*) FROM metrics.event WHERE student = 'stuck'"))
                .isZero();
        assertThat(database.rows("SELECT student FROM metrics.erased_student WHERE student IS NOT NULL"))
                .containsExactly("stuck");

        database.run("DROP TRIGGER stuck ON metrics.student_state");
        assertThat(erasures.deleteRows()).isPositive();
        assertThat(rowsAbout("stuck")).isZero();
    }

    @Test
    @DisplayName("R-T5: another secret than the one by which students were forgotten is refused")
    void anotherSecret() {
        erasures.confirmKey();
        Erasures chosen = new PostgresErasures(database.source(), Clock.systemUTC(), Optional.of("chosen"));
        chosen.confirmKey();
        chosen.decide("gone", now);
        var _ = chosen.deleteRows();

        chosen.confirmKey();
        assertThatThrownBy(erasures::confirmKey)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("homeroom.erasure.key");
    }

    @Test
    @DisplayName("R-T5: what comes later of an erased student is not stored, not counted and not folded; others' is")
    void nothingNewIsTaken() {
        PartitionFold fold = fold();
        observe(fold, failures("gone", now));
        erasures.decide("gone", now);
        long before = database.number("SELECT sum(events) FROM metrics.minute_rollup");

        observe(fold, failures("gone", now.plusSeconds(60)));
        observe(fold(), failures("gone", now.plusSeconds(120)));
        var _ = erasures.deleteRows();

        assertThat(rowsAbout("gone")).isZero();
        assertThat(database.number("SELECT count(*) FROM metrics.event WHERE student = 'other'"))
                .isEqualTo(15);
        assertThat(database.number("SELECT sum(events) FROM metrics.minute_rollup"))
                .isEqualTo(before + 10);
    }

    @Test
    @DisplayName("R-T5: silence of an erased student, still in memory, brings nothing back")
    void silenceBringsNothingBack() {
        PartitionFold fold = fold();
        observe(fold, failures("gone", now));
        Instant later = now.plus(Duration.ofHours(2));
        List<Student> silent = store.silent(0, later, 10);
        assertThat(silent).contains(new Student("c1", "gone"), new Student("c1", "other"));

        erasures.decide("gone", now);
        var _ = erasures.deleteRows();
        assertThat(fold.tick(TOPIC, 0, next, silent, later)).isInstanceOf(FoldStore.Committed.class);

        assertThat(rowsAbout("gone")).isZero();
        assertThat(database.number(
                        "SELECT count(*) FROM metrics.episode WHERE student = 'other' AND status = 'closed'"))
                .isPositive();
    }

    @Test
    @DisplayName("R-T5: the decision waits for what the fold has under way, and gives up in time")
    void waitsForTheFold() throws SQLException {
        observe(fold(), failures("gone", now));
        try (Connection busy = database.source().getConnection();
                Statement under = busy.createStatement()) {
            busy.setAutoCommit(false);
            under.execute("UPDATE metrics.partition_offset SET next = next");
            assertThatThrownBy(() -> erasures.decide("gone", now)).isInstanceOf(StoreUnavailableException.class);
            busy.rollback();
        }
        assertThat(database.number("SELECT count(*) FROM metrics.erased_student"))
                .isZero();

        erasures.decide("gone", now);
        erasures.decide("gone", now);
        assertThat(database.number("SELECT count(*) FROM metrics.erased_student"))
                .isEqualTo(1);
    }
}

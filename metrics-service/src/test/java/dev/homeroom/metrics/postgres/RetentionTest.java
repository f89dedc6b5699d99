package dev.homeroom.metrics.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.metrics.retention.Retention;
import dev.homeroom.metrics.retention.RetentionSettings;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is too old goes, and nothing else does. */
class RetentionTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final FoldDatabase database = new FoldDatabase();
    private final Retention retention = new PostgresRetention(
            database.source(),
            new SmallRyeConfigBuilder()
                    .withMapping(RetentionSettings.class)
                    .withDefaultValue("homeroom.metrics.retention.events", "P100D")
                    .withDefaultValue("homeroom.metrics.retention.students", "P50D")
                    .withDefaultValue("homeroom.metrics.retention.rollups", "P200D")
                    .build()
                    .getConfigMapping(RetentionSettings.class));

    @AfterEach
    void stop() {
        database.close();
    }

    private void event(String occurred, String received) {
        database.run("SELECT metrics.ensure_event_partition('%s')".formatted(occurred));
        database.run("""
                INSERT INTO metrics.event (classroom, app, id, occurred_at, at, received_at, student, type)
                VALUES ('c', 'quiz', gen_random_uuid(), '%s', '%s', '%s', 's', 'click')
                """.formatted(occurred, occurred, received));
    }

    @Test
    @DisplayName("R-M2: weeks in which nothing was received since go; what came late stays")
    void events() {
        event("2026-05-04T10:00:00Z", "2026-05-04T10:00:00Z");
        event("2026-06-01T10:00:00Z", "2026-06-01T10:00:00Z");
        event("2026-06-10T10:00:00Z", "2026-11-20T10:00:00Z");
        event("2026-11-20T10:00:00Z", "2026-11-20T10:00:00Z");

        Retention.Removed removed = retention.round(NOW);

        assertThat(removed.eventParts()).isEqualTo(2);
        assertThat(database.rows("SELECT (occurred_at AT TIME ZONE 'UTC')::date FROM metrics.event ORDER BY 1"))
                .containsExactly("2026-06-10", "2026-11-20");
        assertThat(retention.round(NOW).nothing()).isTrue();
    }

    @Test
    @DisplayName("R-M2: events of nonsensical times go, too, once they have lain long enough")
    void nonsense() {
        database.run("""
                INSERT INTO metrics.event (classroom, app, id, occurred_at, at, received_at, student, type)
                SELECT 'c', 'quiz', gen_random_uuid(), occurred, received, received, 's', 'click'
                FROM (VALUES (TIMESTAMPTZ '2001-01-01', TIMESTAMPTZ '2026-01-01'), ('2001-07-01', '2026-11-01'),
                             ('2099-01-01', '2026-01-01'), ('2099-07-01', '2026-11-01')) AS e (occurred, received)
                """);

        var _ = retention.round(NOW);

        assertThat(database.rows("SELECT (occurred_at AT TIME ZONE 'UTC')::date FROM metrics.event ORDER BY 1"))
                .containsExactly("2001-07-01", "2099-07-01");
    }

    @Test
    @DisplayName("R-M2: what was known of a class goes with the events it was made of")
    void peers() {
        database.run("""
                INSERT INTO metrics.peer_day (classroom, app, day, made_at)
                VALUES ('c', 'older', '2026-08-01', '2026-08-01Z'), ('c', 'young', '2026-09-15', '2026-09-15Z')
                """);

        var _ = retention.round(NOW);

        assertThat(database.rows("SELECT app FROM metrics.peer_day")).containsExactly("young");
    }

    @Test
    @DisplayName("R-M2 R-T5: what names students goes sooner than the figures without names")
    void rows() {
        database.run("""
                INSERT INTO metrics.minute_rollup
                SELECT 'c', day, 'quiz', '', 1, 0, 0, 0, 0
                FROM generate_series(TIMESTAMPTZ '2026-01-01Z', '2026-11-21Z', INTERVAL '1 day') day
                """);
        database.run("""
                INSERT INTO metrics.student_minute
                SELECT 'c', day, 's', 1, 0, 0, 0
                FROM generate_series(TIMESTAMPTZ '2026-01-01Z', '2026-11-21Z', INTERVAL '1 day') day
                """);
        database.run("""
                INSERT INTO metrics.student_hour
                SELECT 'c', day, 's', 'quiz', '', 1, 0, 0, 0, 0
                FROM generate_series(TIMESTAMPTZ '2026-01-01Z', '2026-11-21Z', INTERVAL '1 day') day
                """);
        database.run("""
                INSERT INTO metrics.episode (id, revision, status, classroom, student, app, detector, level, score,
                                             started_at, evidence, caused_at, updated_at)
                SELECT gen_random_uuid(), 1, 'open', 'c', 's', 'quiz', 'd', 'low', 0.5, started, '{}', started, updated
                FROM (VALUES (TIMESTAMPTZ '2026-01-01', TIMESTAMPTZ '2026-01-02'), ('2026-01-01', '2026-11-20'),
                             ('2026-11-20', '2026-11-20')) AS e (started, updated)
                """);
        database.run("""
                INSERT INTO metrics.student_state (classroom, student, partition, version, state, updated_at)
                VALUES ('c', 'old', 0, 1, '', '2026-01-01'), ('c', 'new', 0, 1, '', '2026-11-20')
                """);
        database.run("""
                INSERT INTO metrics.app_suspect (id, revision, status, app, target, level, score, students, classrooms,
                                                 started_at, evidence, last_at, fresh_until, updated_at)
                SELECT gen_random_uuid(), 1, 'closed', 'quiz', 'ex', 'low', 0.5, 8, 2, started, '{}', started, started, updated
                FROM (VALUES (TIMESTAMPTZ '2026-01-01', TIMESTAMPTZ '2026-01-02'), ('2026-01-01', '2026-11-20'),
                             ('2026-11-20', '2026-11-20')) AS s (started, updated)
                """);
        database.refresh();

        assertThat(retention.round(NOW).nothing()).isFalse();

        // Where chunks go as a whole, some of what is old enough may stay a while.
        assertThat(database.number("SELECT count(*) FROM metrics.minute_rollup WHERE minute < '2026-04-01'"))
                .isZero();
        assertThat(database.number("SELECT count(*) FROM metrics.minute_rollup WHERE minute >= '2026-05-06'"))
                .isEqualTo(200);
        assertThat(database.number("SELECT count(*) FROM metrics.hour_rollup WHERE hour >= '2026-05-06'"))
                .isEqualTo(200);
        assertThat(database.number("SELECT count(*) FROM metrics.student_minute"))
                .isEqualTo(50);
        assertThat(database.number("SELECT count(*) FROM metrics.student_hour")).isEqualTo(50);
        assertThat(database.number("SELECT count(*) FROM metrics.episode")).isEqualTo(2);
        assertThat(database.number("SELECT count(*) FROM metrics.app_suspect")).isEqualTo(2);
        assertThat(database.rows("SELECT student FROM metrics.student_state")).containsExactly("new");
    }
}

package dev.homeroom.metrics.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Hours and days follow from the minutes, on plain PostgreSQL and with TimescaleDB. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RollupViewsTest {
    private static final String FIGURES = "sum(events)::bigint, sum(errors)::bigint, sum(attempts)::bigint,"
            + " sum(successes)::bigint, sum(hints)::bigint";

    private final FoldDatabase database = new FoldDatabase();

    @AfterAll
    void stop() {
        database.close();
    }

    /** Adds figures to a minute as the fold does. */
    private void add(String classroom, String minute, String skill, int events) {
        database.run("""
                INSERT INTO metrics.minute_rollup AS r
                VALUES ('%s', '%s', 'quiz', '%s', %d, 1, 2, 1, 3)
                ON CONFLICT (classroom, minute, app, skill) DO UPDATE
                SET events = r.events + excluded.events, errors = r.errors + excluded.errors,
                    attempts = r.attempts + excluded.attempts, successes = r.successes + excluded.successes,
                    hints = r.hints + excluded.hints
                """.formatted(classroom, minute, skill, events));
    }

    private List<String> of(String classroom, String view, String time) {
        return database.rows(
                "SELECT (%s AT TIME ZONE 'UTC')::text, app, skill, events, errors, attempts, successes, hints"
                                .formatted(time)
                        + " FROM metrics.%s WHERE classroom = '%s' ORDER BY 1, 2, 3".formatted(view, classroom));
    }

    @Test
    @DisplayName("R-M2: hours and days are there at once, and add up")
    void hoursAndDays() {
        add("sums", "2026-11-20T23:59:00Z", "loops", 5);
        add("sums", "2026-11-21T10:01:00Z", "loops", 1);
        add("sums", "2026-11-21T10:01:00Z", "loops", 2);
        add("sums", "2026-11-21T10:59:00Z", "loops", 4);
        add("sums", "2026-11-21T10:59:00Z", "", 8);
        add("sums", "2026-11-21T11:00:00Z", "loops", 16);
        database.refresh();

        assertThat(of("sums", "hour_rollup", "hour"))
                .containsExactly(
                        "2026-11-20 23:00:00|quiz|loops|5|1|2|1|3",
                        "2026-11-21 10:00:00|quiz||8|1|2|1|3",
                        "2026-11-21 10:00:00|quiz|loops|7|3|6|3|9",
                        "2026-11-21 11:00:00|quiz|loops|16|1|2|1|3");
        assertThat(of("sums", "day_rollup", "day"))
                .containsExactly(
                        "2026-11-20 00:00:00|quiz|loops|5|1|2|1|3",
                        "2026-11-21 00:00:00|quiz||8|1|2|1|3",
                        "2026-11-21 00:00:00|quiz|loops|23|4|8|4|12");
    }

    @Test
    @DisplayName("R-M2: many minutes of one statement, new and old, count once in their hours")
    void manyAtOnce() {
        for (int round = 0; round < 3; round++) {
            database.run("""
                    INSERT INTO metrics.minute_rollup AS r
                    SELECT 'many', TIMESTAMPTZ '2026-11-21T08:00:00Z' + (i + %d) * INTERVAL '1 minute', 'quiz', '',
                           i, 1, 1, 0, 0
                    FROM generate_series(1, 300) i
                    ON CONFLICT (classroom, minute, app, skill) DO UPDATE
                    SET events = r.events + excluded.events, errors = r.errors + excluded.errors
                    """.formatted(round * 100));
        }
        database.refresh();

        String minutes = "SELECT date_trunc('hour', minute), " + FIGURES
                + " FROM metrics.minute_rollup WHERE classroom = 'many' GROUP BY 1 ORDER BY 1";
        String hours =
                "SELECT hour, " + FIGURES + " FROM metrics.hour_rollup WHERE classroom = 'many' GROUP BY 1 ORDER BY 1";
        assertThat(database.rows(hours)).hasSize(9).isEqualTo(database.rows(minutes));
    }

    @Test
    @DisplayName("R-M2: what comes late is in its hour")
    void lateMinutes() {
        add("late", "2026-11-21T10:01:00Z", "", 1);
        database.refresh();
        add("late", "2026-11-21T10:02:00Z", "", 1);
        add("late", "2026-11-01T10:02:00Z", "", 1);
        database.refresh();

        assertThat(of("late", "hour_rollup", "hour"))
                .containsExactly("2026-11-01 10:00:00|quiz||1|1|2|1|3", "2026-11-21 10:00:00|quiz||2|2|4|2|6");
    }
}

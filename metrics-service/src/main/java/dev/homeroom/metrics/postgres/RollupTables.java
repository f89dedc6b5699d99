package dev.homeroom.metrics.postgres;

import dev.homeroom.metrics.core.Figures;
import dev.homeroom.metrics.core.Rollup;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;

/**
 * What is counted as it comes: {@code metrics.minute_rollup} (hours and days follow from it in the database), {@code
 * metrics.student_minute} and {@code metrics.student_hour}. Rows are written in key order.
 */
final class RollupTables {
    private static final String MINUTES = """
            INSERT INTO metrics.minute_rollup AS r
                (classroom, minute, app, skill, events, errors, attempts, successes, hints)
            SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (classroom, minute, app, skill) DO UPDATE
            SET events = r.events + excluded.events, errors = r.errors + excluded.errors,
                attempts = r.attempts + excluded.attempts, successes = r.successes + excluded.successes,
                hints = r.hints + excluded.hints
            """;

    private static final String STUDENTS = """
            INSERT INTO metrics.student_minute AS r (classroom, minute, student, events, errors, attempts, successes)
            SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (classroom, minute, student) DO UPDATE
            SET events = r.events + excluded.events, errors = r.errors + excluded.errors,
                attempts = r.attempts + excluded.attempts, successes = r.successes + excluded.successes
            """;

    private static final String STUDENT_HOURS = """
            INSERT INTO metrics.student_hour AS r
                (classroom, hour, student, app, skill, events, errors, attempts, successes, hints)
            SELECT * FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (classroom, hour, student, app, skill) DO UPDATE
            SET events = r.events + excluded.events, errors = r.errors + excluded.errors,
                attempts = r.attempts + excluded.attempts, successes = r.successes + excluded.successes,
                hints = r.hints + excluded.hints
            """;

    private RollupTables() {}

    static void add(Connection connection, Rollup rollup) throws SQLException {
        if (rollup.minutes().isEmpty()) {
            return;
        }
        try (PreparedStatement add = connection.prepareStatement(MINUTES)) {
            Columns<Map.Entry<Rollup.Cell, Figures>> columns = new Columns<>(
                            add, 1, rollup.minutes().entrySet())
                    .column("text", row -> row.getKey().classroom())
                    .column("timestamptz", row -> row.getKey().minute())
                    .column("text", row -> row.getKey().app())
                    .column("text", row -> row.getKey().skill());
            figures(columns).column("int8", row -> row.getValue().hints());
            add.executeUpdate();
        }
        try (PreparedStatement add = connection.prepareStatement(STUDENTS)) {
            figures(new Columns<>(add, 1, rollup.students().entrySet())
                    .column("text", row -> row.getKey().classroom())
                    .column("timestamptz", row -> row.getKey().minute())
                    .column("text", row -> row.getKey().student()));
            add.executeUpdate();
        }
        try (PreparedStatement add = connection.prepareStatement(STUDENT_HOURS)) {
            figures(new Columns<>(add, 1, rollup.studentHours().entrySet())
                            .column("text", row -> row.getKey().classroom())
                            .column("timestamptz", row -> row.getKey().hour())
                            .column("text", row -> row.getKey().student())
                            .column("text", row -> row.getKey().app())
                            .column("text", row -> row.getKey().skill()))
                    .column("int8", row -> row.getValue().hints());
            add.executeUpdate();
        }
    }

    private static <K> Columns<Map.Entry<K, Figures>> figures(Columns<Map.Entry<K, Figures>> columns)
            throws SQLException {
        return columns.column("int8", row -> row.getValue().events())
                .column("int8", row -> row.getValue().errors())
                .column("int8", row -> row.getValue().attempts())
                .column("int8", row -> row.getValue().successes());
    }
}

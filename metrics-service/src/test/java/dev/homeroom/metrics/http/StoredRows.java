package dev.homeroom.metrics.http;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** A day and a half of a classroom with two students, as the fold would have written it. */
final class StoredRows {
    private final DataSource database;
    private final String room;
    private final String student;

    /** Of this classroom and its student who struggles; nothing is written yet. */
    StoredRows(DataSource database, String room, String student) {
        this.database = database;
        this.room = room;
        this.student = student;
    }

    void write() throws SQLException {
        run("""
            INSERT INTO metrics.minute_rollup (classroom, minute, app, skill, events, errors, attempts, successes, hints)
            SELECT 'ROOM', TIMESTAMPTZ '2026-11-20T10:00:00Z' + i * INTERVAL '10 minutes', 'quiz',
                   CASE i % 2 WHEN 0 THEN '' ELSE 'loops' END, 1, 0, 2, 1, 0
            FROM generate_series(0, 179) i
            """);
        run("""
            INSERT INTO metrics.student_hour
                (classroom, hour, student, app, skill, events, errors, attempts, successes, hints)
            SELECT 'ROOM', TIMESTAMPTZ '2026-11-20T10:00:00Z' + i * INTERVAL '1 hour', s, 'quiz', 'loops', 3, 1, 2, 1, 0
            FROM generate_series(0, 29) i, unnest(ARRAY['STUDENT', 'other']) s
            """);
        for (int i = 0; i < 7; i++) {
            String status = i == 5 ? "retracted" : i == 6 ? "open" : "closed";
            String at = "2026-11-20T1" + i / 2 + ":00:00Z";
            run("""
                INSERT INTO metrics.episode (id, revision, status, classroom, student, app, detector, level, score, skill,
                                             started_at, ended_at, evidence, caused_at)
                VALUES (gen_random_uuid(), 1, '%s', 'ROOM', 'STUDENT', 'quiz', 'struggle', 'high', 0.8, 'loops', '%s',
                        %s, '{"rule": "r", "values": {}, "events": []}', now())
                """.formatted(
                    status, at, status.equals("open") ? "NULL" : "TIMESTAMPTZ '" + at + "' + INTERVAL '5 minutes'"));
        }
        run("""
            INSERT INTO metrics.event
                (classroom, app, id, occurred_at, at, received_at, student, type, target, skill, outcome, value, unit, context)
            SELECT 'ROOM', 'quiz', gen_random_uuid(), at, at, at, 'STUDENT', 'attempt', 'ex', 'loops', 'failure', 1.5, 's',
                   '{"n": 1}'
            FROM (SELECT TIMESTAMPTZ '2026-11-20T10:00:00Z' + i / 3 * INTERVAL '1 second' AS at
                  FROM generate_series(0, 24) i) times
            """);
        refresh();
    }

    /**
     * With TimescaleDB, hours that were materialised before these rows came show them with the next refresh, a minute later at
     * most: the server of a test may be older than they are, and its background is not waited for.
     */
    private void refresh() throws SQLException {
        if (continuous()) {
            run("CALL public.refresh_continuous_aggregate('metrics.hour_rollup', '2026-11-20', '2026-11-23')");
            run("CALL public.refresh_continuous_aggregate('metrics.day_rollup', '2026-11-20', '2026-11-23')");
        }
    }

    private boolean continuous() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet kind = statement.executeQuery("SELECT metrics.storage_kind()")) {
            return kind.next() && kind.getString(1).equals("continuous");
        }
    }

    /** Runs a statement in which ROOM and STUDENT stand for these. */
    void run(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql.replace("ROOM", room).replace("STUDENT", student));
        }
    }
}

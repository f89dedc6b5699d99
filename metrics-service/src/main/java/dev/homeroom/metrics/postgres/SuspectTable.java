package dev.homeroom.metrics.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.homeroom.contracts.event.EventJson;
import dev.homeroom.contracts.frustration.Evidence;
import dev.homeroom.metrics.core.suspect.ElementDay;
import dev.homeroom.metrics.core.suspect.Suspicion;
import dev.homeroom.platform.event.EventCodec;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The suspicions: {@code metrics.app_suspect}. */
final class SuspectTable {
    private static final String STORED = """
            SELECT id, revision, status, level, score, students, classrooms, started_at, ended_at, evidence::text
            FROM metrics.app_suspect WHERE app = ? AND target = ? AND started_at >= ?::timestamptz
              AND started_at < ?::timestamptz AND status <> 'retracted' ORDER BY started_at, id
            """;
    private static final String SAVE = """
            INSERT INTO metrics.app_suspect AS s (id, revision, status, app, target, level, score, students, classrooms,
                                                  started_at, ended_at, evidence, last_at, fresh_until)
            VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?::timestamptz, ?::timestamptz, ?::jsonb, ?::timestamptz, ?::timestamptz)
            ON CONFLICT (id) DO UPDATE
            SET revision = s.revision + ?, status = excluded.status, level = excluded.level, score = excluded.score,
                students = excluded.students, classrooms = excluded.classrooms, started_at = excluded.started_at,
                ended_at = excluded.ended_at, evidence = excluded.evidence, last_at = excluded.last_at,
                fresh_until = excluded.fresh_until, updated_at = now()
            RETURNING revision
            """;
    private static final String RETRACT = """
            UPDATE metrics.app_suspect SET revision = revision + 1, status = 'retracted', updated_at = now()
            WHERE id = ? RETURNING revision
            """;
    private static final String DUE = """
            SELECT app, target, started_at FROM metrics.app_suspect
            WHERE status = 'open' AND fresh_until < ?::timestamptz ORDER BY fresh_until LIMIT ?
            """;

    private SuspectTable() {}

    /**
     * What was told.
     *
     * @param status its word
     */
    record Told(
            UUID id,
            long revision,
            String status,
            String level,
            double score,
            int students,
            int classrooms,
            Instant startedAt,
            @Nullable Instant endedAt,
            Evidence evidence) {
        static Told of(Suspicion suspicion) {
            Suspicion.Figures figures = suspicion.figures();
            return new Told(
                    suspicion.id(),
                    0,
                    figures.open() ? "open" : "closed",
                    figures.level().word(),
                    figures.score(),
                    figures.students(),
                    figures.classrooms(),
                    figures.startedAt(),
                    figures.endedAt(),
                    new Evidence(
                            figures.evidence().rule(),
                            figures.evidence().values(),
                            figures.evidence().events()));
        }

        Told at(long now, String word) {
            return new Told(id, now, word, level, score, students, classrooms, startedAt, endedAt, evidence);
        }

        boolean says(Told other) {
            return at(0, status).equals(other.at(0, other.status));
        }
    }

    static Map<UUID, Told> stored(Connection connection, ElementDay element) throws SQLException {
        Map<UUID, Told> told = new LinkedHashMap<>();
        try (PreparedStatement query = connection.prepareStatement(STORED)) {
            query.setString(1, element.app());
            query.setString(2, element.target());
            query.setString(3, element.start().toString());
            query.setString(4, element.end().toString());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    Told one = new Told(
                            row.getObject(1, UUID.class),
                            row.getLong(2),
                            row.getString(3),
                            row.getString(4),
                            row.getDouble(5),
                            row.getInt(6),
                            row.getInt(7),
                            instant(row, 8),
                            row.getObject(9) == null ? null : instant(row, 9),
                            evidence(row.getString(10)));
                    told.put(one.id(), one);
                }
            }
        }
        return told;
    }

    /** Writes it, under the next revision if it says something new, and returns the revision. */
    static long save(Connection connection, ElementDay element, Suspicion suspicion, boolean news) throws SQLException {
        Told told = Told.of(suspicion);
        try (PreparedStatement save = connection.prepareStatement(SAVE)) {
            save.setObject(1, told.id());
            save.setString(2, told.status());
            save.setString(3, element.app());
            save.setString(4, element.target());
            save.setString(5, told.level());
            save.setDouble(6, told.score());
            save.setInt(7, told.students());
            save.setInt(8, told.classrooms());
            save.setString(9, told.startedAt().toString());
            Instant end = told.endedAt();
            save.setObject(10, end == null ? null : end.toString(), Types.VARCHAR);
            save.setString(11, new String(EventCodec.json(told.evidence()), UTF_8));
            save.setString(12, suspicion.lastAt().toString());
            save.setString(13, suspicion.freshUntil().toString());
            save.setInt(14, news ? 1 : 0);
            return number(save);
        }
    }

    static long retract(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement retract = connection.prepareStatement(RETRACT)) {
            retract.setObject(1, id);
            return number(retract);
        }
    }

    static List<ElementDay> due(Connection connection, Instant now, int limit) throws SQLException {
        List<ElementDay> due = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(DUE)) {
            query.setString(1, now.toString());
            query.setInt(2, limit);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    due.add(ElementDay.of(row.getString(1), row.getString(2), instant(row, 3)));
                }
            }
        }
        return due;
    }

    static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    static Evidence evidence(String json) {
        try {
            return EventJson.mapper().readValue(json, Evidence.class);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long number(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("a suspicion has vanished", "40001");
            }
            return row.getLong(1);
        }
    }
}

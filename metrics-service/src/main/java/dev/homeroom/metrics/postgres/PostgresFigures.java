package dev.homeroom.metrics.postgres;

import dev.homeroom.contracts.rollup.MinuteRollup;
import dev.homeroom.metrics.RollupFigures;
import dev.homeroom.metrics.StoreUnavailableException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Reads the figures of classrooms for the live stream. Safe to use from several threads. */
@Singleton
public final class PostgresFigures implements RollupFigures {
    private static final String MINUTES = """
            SELECT wanted.classroom, wanted.minute,
                   coalesce(sum(r.events), 0), coalesce(sum(r.errors), 0),
                   coalesce(sum(r.attempts), 0), coalesce(sum(r.successes), 0),
                   (SELECT count(*) FROM metrics.student_minute s
                    WHERE s.classroom = wanted.classroom AND s.minute = wanted.minute),
                   (SELECT count(DISTINCT e.student) FROM metrics.episode e
                    WHERE e.classroom = wanted.classroom AND e.status <> 'retracted' AND e.suspect IS NULL
                      AND e.started_at < wanted.minute + INTERVAL '1 minute'
                      AND (e.ended_at IS NULL OR e.ended_at >= wanted.minute)),
                   wanted.revision
            FROM unnest(?, ?, ?) AS wanted (classroom, minute, revision)
            LEFT JOIN metrics.minute_rollup r ON r.classroom = wanted.classroom AND r.minute = wanted.minute
            GROUP BY wanted.classroom, wanted.minute, wanted.revision
            ORDER BY wanted.classroom, wanted.minute
            """;

    private final DataSource database;

    /** Figures of {@code database}. */
    @Inject
    public PostgresFigures(DataSource database) {
        this.database = database;
    }

    @Override
    public List<MinuteRollup> minutes(Map<ClassroomMinute, Long> revisions) {
        List<MinuteRollup> figures = new ArrayList<>(revisions.size());
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(MINUTES)) {
            new Columns<>(query, 1, revisions.entrySet())
                    .column("text", row -> row.getKey().classroom())
                    .column("timestamptz", row -> row.getKey().minute())
                    .column("int8", Map.Entry::getValue);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    figures.add(new MinuteRollup(
                            rows.getString(1),
                            rows.getObject(2, OffsetDateTime.class).toInstant(),
                            rows.getLong(9),
                            rows.getLong(3),
                            rows.getLong(7),
                            rows.getLong(4),
                            rows.getLong(5),
                            rows.getLong(6),
                            rows.getLong(8)));
                }
            }
            return figures;
        } catch (SQLException e) {
            throw new StoreUnavailableException("the figures cannot be read: " + e.getMessage(), e);
        }
    }
}

package dev.homeroom.metrics.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.contracts.event.EventJson;
import dev.homeroom.metrics.StoreUnavailableException;
import dev.homeroom.metrics.TakenEvent;
import dev.homeroom.metrics.core.TunedRules;
import dev.homeroom.metrics.core.TunedRules.Scope;
import dev.homeroom.metrics.tuning.Rehearsal;
import dev.homeroom.metrics.tuning.TrialBook;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Trials from {@code metrics.shadow_episode}, rehearsals from {@code metrics.event}. */
@Singleton
public final class PostgresTrialBook implements TrialBook {
    /** A statement that takes longer is given up. */
    private static final String LIMIT = "SET LOCAL statement_timeout = '60s'";

    private static final String EPISODES = """
            SELECT s.trial, s.id, s.student, s.app, s.detector, s.status, s.level, s.score, s.target, s.skill,
                   s.started_at, s.ended_at, e.id IS NOT NULL, s.evidence
            FROM metrics.shadow_episode s
            LEFT JOIN metrics.episode e ON e.id = s.id AND e.status <> 'retracted'
            WHERE s.classroom = ? AND s.status <> 'retracted' AND (?::bigint IS NULL OR s.trial = ?)
              AND s.started_at >= ?::timestamptz AND s.started_at < ?::timestamptz
              AND (?::timestamptz IS NULL OR (s.started_at, s.trial, s.id) < (?::timestamptz, ?, ?::uuid))
            ORDER BY s.started_at DESC, s.trial DESC, s.id DESC
            LIMIT ?
            """;

    /** Where the trial is still there, what the rules in use told before it began does not count. */
    private static final String REPORT = """
            WITH trial AS (
                SELECT id, detector, student FROM metrics.shadow_episode
                WHERE classroom = ? AND trial = ? AND status <> 'retracted'
                  AND started_at >= ?::timestamptz AND started_at < ?::timestamptz
            ), live AS (
                SELECT id, detector FROM metrics.episode
                WHERE classroom = ? AND status <> 'retracted'
                  AND started_at >= ?::timestamptz AND started_at < ?::timestamptz
                  AND updated_at >= coalesce((SELECT changed_at FROM metrics.tuning WHERE version = ?), '-infinity')
            )
            SELECT coalesce(t.detector, l.detector), count(t.id), count(l.id), count(t.id) FILTER (WHERE l.id IS NOT NULL),
                   count(DISTINCT t.student)
            FROM trial t FULL JOIN live l ON l.id = t.id
            GROUP BY 1 ORDER BY 1
            """;

    private final DataSource database;
    private final RuleReader rules;

    /** In this database, with these rules where nothing is tuned. */
    @Inject
    public PostgresTrialBook(DataSource database, TunedRules.Basis basis) {
        this.database = database;
        this.rules = new RuleReader(basis);
    }

    @Override
    public List<ShadowEpisode> episodes(
            String classroom, @Nullable Long trial, Instant from, Instant to, @Nullable After after, int limit) {
        return within(connection -> {
            try (PreparedStatement query = connection.prepareStatement(EPISODES)) {
                query.setString(1, classroom);
                query.setObject(2, trial, Types.BIGINT);
                query.setObject(3, trial, Types.BIGINT);
                query.setString(4, from.toString());
                query.setString(5, to.toString());
                query.setString(6, after == null ? null : after.since().toString());
                query.setString(7, after == null ? null : after.since().toString());
                query.setLong(8, after == null ? 0 : after.trial());
                query.setString(9, after == null ? null : after.id().toString());
                query.setInt(10, limit);
                List<ShadowEpisode> found = new ArrayList<>();
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        found.add(episode(rows));
                    }
                }
                return found;
            }
        });
    }

    private static ShadowEpisode episode(ResultSet row) throws SQLException {
        OffsetDateTime until = row.getObject(12, OffsetDateTime.class);
        return new ShadowEpisode(
                row.getLong(1),
                row.getObject(2, UUID.class),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getDouble(8),
                row.getString(9),
                row.getString(10),
                row.getObject(11, OffsetDateTime.class).toInstant(),
                until == null ? null : until.toInstant(),
                row.getBoolean(13),
                json(row.getString(14)));
    }

    private static JsonNode json(String text) {
        try {
            return EventJson.mapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the evidence of an episode cannot be read", e);
        }
    }

    @Override
    public List<Told> report(String classroom, long trial, Instant from, Instant to) {
        return within(connection -> {
            try (PreparedStatement query = connection.prepareStatement(REPORT)) {
                query.setString(1, classroom);
                query.setLong(2, trial);
                query.setString(3, from.toString());
                query.setString(4, to.toString());
                query.setString(5, classroom);
                query.setString(6, from.toString());
                query.setString(7, to.toString());
                query.setLong(8, trial);
                List<Told> told = new ArrayList<>();
                try (ResultSet rows = query.executeQuery()) {
                    while (rows.next()) {
                        told.add(new Told(
                                rows.getString(1), rows.getLong(2), rows.getLong(3), rows.getLong(4), rows.getLong(5)));
                    }
                }
                return told;
            }
        });
    }

    @Override
    public Optional<Rehearsal.Report> rehearse(Question asked) {
        return within(connection -> {
            Scope scope = new Scope(asked.classroom(), asked.app() == null ? Scope.ANY : asked.app());
            Rehearsal rehearsal = new Rehearsal(rules.rehearsing(connection, scope, asked.tuning()));
            PeerTables peers = PeerTables.lookingBack();
            long read = EventHistory.read(connection, asked, MOST_EVENTS + 1, some -> {
                for (TakenEvent taken : peers.beside(connection, some)) {
                    rehearsal.observe(taken.seat(), taken.observed(), asked.to());
                }
            });
            return read > MOST_EVENTS ? Optional.empty() : Optional.of(rehearsal.report(asked.to()));
        });
    }

    private interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /** In a transaction that changes nothing. */
    private <T> T within(Work<T> work) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement limit = connection.prepareStatement(LIMIT)) {
                limit.execute();
                return work.run(connection);
            } finally {
                connection.rollback();
            }
        } catch (SQLException e) {
            throw new StoreUnavailableException("the database does not answer: " + e.getMessage(), e);
        }
    }
}

package dev.homeroom.metrics.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.homeroom.contracts.event.EventJson;
import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.metrics.TakenEvent;
import dev.homeroom.metrics.tuning.TrialBook;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads stored metric events as the fold saw them, student by student. */
final class EventHistory {
    /** How many rows are in memory at once. */
    private static final int AT_ONCE = 1_000;

    private static final TypeReference<Map<String, Object>> CONTEXT = new TypeReference<>() {};

    private static final String READ = """
            SELECT id, student, app, type, target, skill, outcome, value, unit, at, received_at, context
            FROM metrics.event
            WHERE classroom = ? AND at >= ?::timestamptz AND at < ?::timestamptz AND (?::text IS NULL OR app = ?)
            ORDER BY student, received_at, at, id
            LIMIT ?
            """;

    private EventHistory() {}

    /** Takes some events, in their order. */
    interface Sink {
        void take(List<TakenEvent> events) throws SQLException;
    }

    /**
     * Hands the events of the question to {@code sink}, some at a time; within a transaction.
     *
     * @return how many there were, at most {@code limit}
     */
    static long read(Connection connection, TrialBook.Question asked, int limit, Sink sink) throws SQLException {
        long read = 0;
        try (PreparedStatement query = connection.prepareStatement(READ)) {
            query.setFetchSize(AT_ONCE);
            query.setString(1, asked.classroom());
            query.setString(2, asked.from().toString());
            query.setString(3, asked.to().toString());
            query.setString(4, asked.app());
            query.setString(5, asked.app());
            query.setInt(6, limit);
            try (ResultSet rows = query.executeQuery()) {
                List<TakenEvent> some = new ArrayList<>(AT_ONCE);
                while (rows.next()) {
                    some.add(event(asked.classroom(), rows));
                    read++;
                    if (some.size() == AT_ONCE) {
                        sink.take(some);
                        some = new ArrayList<>(AT_ONCE);
                    }
                }
                sink.take(some);
            }
        }
        return read;
    }

    private static TakenEvent event(String classroom, ResultSet row) throws SQLException {
        Double value = row.getObject(8) == null ? null : (Double) row.getDouble(8);
        MetricEvent event = new MetricEvent(
                row.getObject(1, UUID.class),
                classroom,
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                value,
                row.getString(9),
                // The time it counts for was decided when it came.
                instant(row, 10),
                instant(row, 11),
                context(row.getString(12)));
        return TakenEvent.of(event, Duration.ofDays(36_500));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Map<String, Object> context(@Nullable String json) {
        try {
            return json == null ? null : EventJson.mapper().readValue(json, CONTEXT);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the context of a stored event cannot be read", e);
        }
    }
}

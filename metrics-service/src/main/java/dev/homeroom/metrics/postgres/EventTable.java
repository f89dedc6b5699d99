package dev.homeroom.metrics.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.homeroom.contracts.event.EventJson;
import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.metrics.TakenEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The raw events: {@code metrics.event}. */
final class EventTable {
    /** Weeks outside this span around now are left to the default partition, so nonsense cannot make partitions. */
    private static final Duration PAST = Duration.ofDays(400);

    private static final Duration FUTURE = Duration.ofDays(14);
    private static final long SECONDS_OF_A_DAY = 86_400;
    private static final long MICROS_OF_A_SECOND = 1_000_000;
    private static final int NANOS_OF_A_MICRO = 1_000;

    /**
     * Times cross as microseconds since 1970: to read them as text would cost more than all else about a row but its indexes. They
     * are exact up to the year 2255 (2^53 microseconds); the edge takes none behind 2100.
     */
    private static final String INSERT = """
            INSERT INTO metrics.event (classroom, app, id, occurred_at, at, received_at, student, type, target, skill,
                                       outcome, value, unit, context)
            SELECT classroom, app, id, to_timestamp(occurred_at / 1e6::float8), to_timestamp(at / 1e6::float8),
                   to_timestamp(received_at / 1e6::float8), student, type, target, skill,
                   outcome, value, unit, context::jsonb
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                AS new (classroom, app, id, occurred_at, at, received_at, student, type, target, skill,
                        outcome, value, unit, context)
            ON CONFLICT DO NOTHING
            """;

    /** To tell every new event costs as much as a quarter of writing it. */
    private static final String INSERT_AND_TELL = INSERT + "RETURNING classroom, app, id, occurred_at";

    private final Clock clock;
    private final Set<Long> weeks = ConcurrentHashMap.newKeySet();
    /** Whether the last events were not all new: then the next ones may not be, either. */
    private volatile boolean repeated;

    EventTable(Clock clock) {
        this.clock = clock;
    }

    /** Makes sure of the partitions of these events, in transactions of their own: they lock the table for a moment. */
    void prepare(Connection connection, List<TakenEvent> events) throws SQLException {
        Instant now = clock.instant();
        Instant past = now.minus(PAST);
        Instant future = now.plus(FUTURE);
        for (TakenEvent taken : events) {
            Instant at = taken.event().occurredAt();
            if (!weeks.contains(week(at)) && !at.isBefore(past) && !at.isAfter(future)) {
                make(connection, at);
            }
        }
    }

    /** Weeks since that of 1970, which began on a Monday, the 29th of December 1969. */
    private static long week(Instant at) {
        return Math.floorDiv(Math.floorDiv(at.getEpochSecond(), SECONDS_OF_A_DAY) + 3, 7L);
    }

    /** One at a time: who meets the same week in another replica is refused, and tries again. */
    private synchronized void make(Connection connection, Instant at) throws SQLException {
        if (!weeks.contains(week(at))) {
            try (PreparedStatement call =
                    connection.prepareStatement("SELECT metrics.ensure_event_partition(?::timestamptz)")) {
                call.setString(1, at.toString());
                call.execute();
            }
            weeks.add(week(at));
        }
    }

    /** Inserts the events that are not there yet and returns them, in their order. */
    List<TakenEvent> insert(Connection connection, List<TakenEvent> events) throws SQLException {
        Map<TakenEvent.Key, TakenEvent> distinct = new LinkedHashMap<>();
        events.forEach(taken -> distinct.putIfAbsent(taken.key(), taken));
        if (distinct.isEmpty()) {
            return List.of();
        }
        if (!repeated && insertAll(connection, distinct.values())) {
            return List.copyOf(distinct.values());
        }
        List<TakenEvent> fresh = insertAndTell(connection, distinct);
        repeated = fresh.size() < distinct.size();
        return fresh;
    }

    /** Inserts them if all are new; otherwise none. */
    private static boolean insertAll(Connection connection, Collection<TakenEvent> events) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            bind(insert, events);
            if (insert.executeUpdate() == events.size()) {
                connection.releaseSavepoint(before);
                return true;
            }
        }
        connection.rollback(before);
        return false;
    }

    private static List<TakenEvent> insertAndTell(Connection connection, Map<TakenEvent.Key, TakenEvent> distinct)
            throws SQLException {
        Set<TakenEvent.Key> inserted = HashSet.newHashSet(distinct.size());
        try (PreparedStatement insert = connection.prepareStatement(INSERT_AND_TELL)) {
            bind(insert, distinct.values());
            try (ResultSet rows = insert.executeQuery()) {
                while (rows.next()) {
                    TakenEvent.Key key = new TakenEvent.Key(
                            rows.getString(1),
                            rows.getString(2),
                            rows.getObject(3, UUID.class),
                            rows.getObject(4, OffsetDateTime.class).toInstant());
                    if (!distinct.containsKey(key)) {
                        throw new IllegalStateException("the database changed the identity of event " + key.id());
                    }
                    inserted.add(key);
                }
            }
        }
        return distinct.values().stream()
                .filter(taken -> inserted.contains(taken.key()))
                .toList();
    }

    private static void bind(PreparedStatement insert, Collection<TakenEvent> rows) throws SQLException {
        new Columns<>(insert, 1, rows)
                .column("text", taken -> taken.event().classroom())
                .column("text", taken -> taken.event().app())
                .column("uuid", taken -> taken.event().id())
                .column("int8", taken -> micros(taken.event().occurredAt()))
                .column("int8", taken -> micros(taken.observed().at()))
                .column("int8", taken -> micros(taken.event().receivedAt()))
                .column("text", taken -> taken.event().student())
                .column("text", taken -> taken.event().type())
                .column("text", taken -> taken.event().target())
                .column("text", taken -> taken.event().skill())
                .column("text", taken -> taken.event().outcome())
                .column("float8", taken -> taken.event().value())
                .column("text", taken -> taken.event().unit())
                .column("text", taken -> context(taken.event()));
    }

    private static long micros(Instant at) {
        return at.getEpochSecond() * MICROS_OF_A_SECOND + at.getNano() / NANOS_OF_A_MICRO;
    }

    private static @Nullable String context(MetricEvent event) {
        try {
            return event.context() == null ? null : EventJson.mapper().writeValueAsString(event.context());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("context of event " + event.id() + " cannot be written", e);
        }
    }
}

package dev.homeroom.metrics.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.homeroom.contracts.event.EventJson;
import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.metrics.TakenEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.Collection;
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

    private static final String INSERT = """
            INSERT INTO metrics.event (classroom, app, id, occurred_at, at, received_at, student, type, target, skill,
                                       outcome, value, unit, context)
            SELECT classroom, app, id, occurred_at, at, received_at, student, type, target, skill,
                   outcome, value, unit, context::jsonb
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                AS new (classroom, app, id, occurred_at, at, received_at, student, type, target, skill,
                        outcome, value, unit, context)
            ON CONFLICT DO NOTHING
            RETURNING classroom, app, id, occurred_at
            """;

    private final Clock clock;
    private final Set<LocalDate> weeks = ConcurrentHashMap.newKeySet();

    EventTable(Clock clock) {
        this.clock = clock;
    }

    /** Makes sure of the partitions of these events, in transactions of their own: they lock the table for a moment. */
    void prepare(Connection connection, List<TakenEvent> events) throws SQLException {
        Instant now = clock.instant();
        for (TakenEvent taken : events) {
            Instant at = taken.event().occurredAt();
            if (at.isBefore(now.minus(PAST)) || at.isAfter(now.plus(FUTURE))) {
                continue;
            }
            LocalDate week =
                    at.atOffset(ZoneOffset.UTC).toLocalDate().with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            if (!weeks.contains(week)) {
                try (PreparedStatement call =
                        connection.prepareStatement("SELECT metrics.ensure_event_partition(?::timestamptz)")) {
                    call.setString(1, at.toString());
                    call.execute();
                }
                weeks.add(week);
            }
        }
    }

    /** Inserts the events that are not there yet and returns them, in their order. */
    List<TakenEvent> insert(Connection connection, List<TakenEvent> events) throws SQLException {
        Map<TakenEvent.Key, TakenEvent> distinct = new LinkedHashMap<>();
        events.forEach(taken -> distinct.putIfAbsent(taken.key(), taken));
        if (distinct.isEmpty()) {
            return List.of();
        }
        Set<TakenEvent.Key> inserted = ConcurrentHashMap.newKeySet(distinct.size());
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
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
                .column("timestamptz", taken -> taken.event().occurredAt())
                .column("timestamptz", taken -> taken.observed().at())
                .column("timestamptz", taken -> taken.event().receivedAt())
                .column("text", taken -> taken.event().student())
                .column("text", taken -> taken.event().type())
                .column("text", taken -> taken.event().target())
                .column("text", taken -> taken.event().skill())
                .column("text", taken -> taken.event().outcome())
                .column("float8", taken -> taken.event().value())
                .column("text", taken -> taken.event().unit())
                .column("text", taken -> context(taken.event()));
    }

    private static @Nullable String context(MetricEvent event) {
        try {
            return event.context() == null ? null : EventJson.mapper().writeValueAsString(event.context());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("context of event " + event.id() + " cannot be written", e);
        }
    }
}

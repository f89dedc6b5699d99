package dev.homeroom.metrics.postgres;

import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.metrics.EarlierEvents;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Asks {@code metrics.event} for earlier events. Only for the last two days, which no compression has touched yet and in
 * which all retries come; and not again for some seconds after a failure, so that an outage of the database costs the edge
 * nothing but this. Safe to use from several threads.
 */
@Singleton
public final class PostgresEarlierEvents implements EarlierEvents {
    private static final Logger LOG = Logger.getLogger(PostgresEarlierEvents.class);

    private static final Duration REACH = Duration.ofDays(2);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int LONGEST_SECONDS = 1;

    private static final String LIKE = """
            SELECT e.id, e.classroom, e.student, e.app, e.type, e.target, e.skill, e.outcome, e.value, e.unit,
                   e.occurred_at, e.received_at
            FROM unnest(?, ?, ?) AS wanted (classroom, app, id)
            JOIN metrics.event e ON e.classroom = wanted.classroom AND e.app = wanted.app AND e.id = wanted.id
            WHERE e.occurred_at >= ?
            """;

    private final DataSource database;
    private final Clock clock;
    private volatile Instant pausedUntil = Instant.MIN;

    /** Earlier events of {@code database}. */
    @Inject
    public PostgresEarlierEvents(DataSource database) {
        this(database, Clock.systemUTC());
    }

    PostgresEarlierEvents(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public List<MetricEvent> like(List<MetricEvent> events) {
        Instant now = clock.instant();
        if (events.isEmpty() || now.isBefore(pausedUntil)) {
            return List.of();
        }
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(LIKE)) {
            query.setQueryTimeout(LONGEST_SECONDS);
            new Columns<>(query, 1, events)
                    .column("text", MetricEvent::classroom)
                    .column("text", MetricEvent::app)
                    .column("uuid", MetricEvent::id);
            query.setObject(4, now.minus(REACH).atOffset(ZoneOffset.UTC));
            return read(query);
        } catch (SQLException e) {
            pausedUntil = now.plus(PAUSE);
            LOG.warnf("Earlier events are not asked for during the next %s: %s", PAUSE, e.getMessage());
            return List.of();
        }
    }

    private static List<MetricEvent> read(PreparedStatement query) throws SQLException {
        List<MetricEvent> found = new ArrayList<>();
        try (ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                found.add(new MetricEvent(
                        rows.getObject(1, UUID.class),
                        rows.getString(2),
                        rows.getString(3),
                        rows.getString(4),
                        rows.getString(5),
                        rows.getString(6),
                        rows.getString(7),
                        rows.getString(8),
                        rows.getObject(9, Double.class),
                        rows.getString(10),
                        rows.getObject(11, OffsetDateTime.class).toInstant(),
                        rows.getObject(12, OffsetDateTime.class).toInstant(),
                        null));
            }
        }
        return found;
    }
}

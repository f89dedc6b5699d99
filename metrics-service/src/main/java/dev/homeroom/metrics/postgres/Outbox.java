package dev.homeroom.metrics.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeroom.contracts.event.EventType;
import dev.homeroom.platform.event.EventCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

/** Events on their way to Kafka: {@code metrics.outbox}, in order. */
final class Outbox {
    private static final String APPEND = """
            INSERT INTO metrics.outbox (topic, key, event_id, event_type, event_time, subject, data)
            SELECT ?, key, event_id, ?, ?::timestamptz, key, data::jsonb
            FROM unnest(?, ?, ?) WITH ORDINALITY AS new (key, event_id, data, place)
            ORDER BY place
            """;

    private final Clock clock;

    Outbox(Clock clock) {
        this.clock = clock;
    }

    /**
     * What is to be published.
     *
     * @param key of the aggregate that the event is about
     * @param id of the event
     */
    record Entry(String key, String id, Record data) {}

    void append(Connection connection, EventType type, List<Entry> entries) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        try (PreparedStatement append = connection.prepareStatement(APPEND)) {
            append.setString(1, type.topic());
            append.setString(2, type.type());
            append.setString(3, clock.instant().toString());
            new Columns<>(append, 4, entries)
                    .column("text", Entry::key)
                    .column("text", Entry::id)
                    .column("text", entry -> new String(EventCodec.json(entry.data()), UTF_8));
            append.executeUpdate();
        }
    }
}

package dev.homeroom.metrics.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.homeroom.contracts.event.EventType;
import dev.homeroom.contracts.frustration.EpisodeChange;
import dev.homeroom.contracts.frustration.Evidence;
import dev.homeroom.metrics.core.Episode;
import dev.homeroom.metrics.core.EpisodeRevision;
import dev.homeroom.platform.event.EventCodec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Changes of episodes on their way to Kafka: {@code metrics.outbox}, every revision in order. */
final class EpisodeOutbox {
    private static final String APPEND = """
            INSERT INTO metrics.outbox (topic, key, event_id, event_type, event_time, subject, data)
            SELECT ?, classroom, event_id, ?, ?::timestamptz, classroom, data::jsonb
            FROM unnest(?, ?, ?) WITH ORDINALITY AS new (classroom, event_id, data, place)
            ORDER BY place
            """;

    private final Clock clock;

    EpisodeOutbox(Clock clock) {
        this.clock = clock;
    }

    void append(Connection connection, List<EpisodeRevision> revisions) throws SQLException {
        if (revisions.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        try (PreparedStatement append = connection.prepareStatement(APPEND)) {
            append.setString(1, EventType.EPISODE_CHANGED.topic());
            append.setString(2, EventType.EPISODE_CHANGED.type());
            append.setString(3, now.toString());
            new Columns<>(append, 4, revisions)
                    .column("text", revision -> revision.seat().classroom())
                    .column("text", revision -> revision.episode().id() + ":" + revision.revision())
                    .column("text", revision -> new String(EventCodec.json(change(revision)), UTF_8));
            append.executeUpdate();
        }
    }

    private static EpisodeChange change(EpisodeRevision revision) {
        Episode episode = revision.episode();
        return new EpisodeChange(
                episode.id().toString(),
                revision.revision(),
                episode.status().word(),
                revision.seat().classroom(),
                revision.seat().student(),
                revision.seat().app(),
                episode.detector(),
                episode.level().word(),
                episode.score(),
                episode.subject().target(),
                episode.subject().skill(),
                episode.startedAt(),
                episode.endedAt(),
                new Evidence(
                        episode.evidence().rule(),
                        episode.evidence().values(),
                        episode.evidence().events()),
                revision.causedAt());
    }
}

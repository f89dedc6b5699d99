package dev.homeroom.metrics.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.homeroom.contracts.event.EventJson;
import dev.homeroom.metrics.core.Episode;
import dev.homeroom.metrics.core.EpisodeRevision;
import dev.homeroom.metrics.core.Evidence;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The episodes as they are now: {@code metrics.episode}. */
final class EpisodeTable {
    private static final String SAVE = """
            INSERT INTO metrics.episode AS e (id, revision, status, classroom, student, app, detector, level, score,
                                              target, skill, started_at, ended_at, evidence, caused_at)
            SELECT id, revision, status, classroom, student, app, detector, level, score,
                   target, skill, started_at, ended_at, evidence::jsonb, caused_at
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                AS new (id, revision, status, classroom, student, app, detector, level, score,
                        target, skill, started_at, ended_at, evidence, caused_at)
            ON CONFLICT (id) DO UPDATE
            SET revision = excluded.revision, status = excluded.status, level = excluded.level,
                score = excluded.score, started_at = excluded.started_at, ended_at = excluded.ended_at,
                evidence = excluded.evidence, caused_at = excluded.caused_at, updated_at = now()
            WHERE e.revision < excluded.revision
            """;

    private EpisodeTable() {}

    /** Writes the last of the revisions of each episode. */
    static void save(Connection connection, List<EpisodeRevision> revisions) throws SQLException {
        if (revisions.isEmpty()) {
            return;
        }
        Map<UUID, EpisodeRevision> last = new TreeMap<>();
        revisions.forEach(revision -> last.put(revision.episode().id(), revision));
        try (PreparedStatement save = connection.prepareStatement(SAVE)) {
            bind(save, last.values());
            save.executeUpdate();
        }
    }

    private static void bind(PreparedStatement save, Collection<EpisodeRevision> rows) throws SQLException {
        new Columns<>(save, 1, rows)
                .column("uuid", row -> row.episode().id())
                .column("int8", EpisodeRevision::revision)
                .column("text", row -> row.episode().status().word())
                .column("text", row -> row.seat().classroom())
                .column("text", row -> row.seat().student())
                .column("text", row -> row.seat().app())
                .column("text", row -> row.episode().detector())
                .column("text", row -> row.episode().level().word())
                .column("float8", row -> row.episode().score())
                .column("text", row -> row.episode().subject().target())
                .column("text", row -> row.episode().subject().skill())
                .column("timestamptz", row -> row.episode().startedAt())
                .column("timestamptz", row -> row.episode().endedAt())
                .column("text", row -> evidence(row.episode()))
                .column("timestamptz", EpisodeRevision::causedAt);
    }

    private static String evidence(Episode episode) {
        Evidence evidence = episode.evidence();
        try {
            return EventJson.mapper()
                    .writeValueAsString(
                            Map.of("rule", evidence.rule(), "values", evidence.values(), "events", evidence.events()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the evidence of an episode cannot be written", e);
        }
    }
}

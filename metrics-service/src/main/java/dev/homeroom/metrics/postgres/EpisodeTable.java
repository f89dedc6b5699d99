package dev.homeroom.metrics.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.homeroom.contracts.event.EventJson;
import dev.homeroom.metrics.core.Episode;
import dev.homeroom.metrics.core.EpisodeRevision;
import dev.homeroom.metrics.core.Evidence;
import dev.homeroom.metrics.core.suspect.SuspectRules;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The episodes as they are now: {@code metrics.episode}. */
final class EpisodeTable {
    /** A new episode about an element that is suspected is quiet from the beginning. */
    private static final String SAVE = """
            INSERT INTO metrics.episode AS e (id, revision, told, status, classroom, student, app, detector, level, score,
                                              target, skill, started_at, ended_at, evidence, caused_at, suspect)
            SELECT id, revision, told, status, classroom, student, app, detector, level, score,
                   target, skill, started_at, ended_at, evidence::jsonb, caused_at,
                   CASE WHEN detector <> ALL (?) THEN
                       (SELECT s.id FROM metrics.app_suspect s
                        WHERE s.status = 'open' AND s.app = new.app AND s.target = new.target
                          AND new.started_at BETWEEN s.started_at AND s.last_at + make_interval(secs => ?)
                        ORDER BY s.started_at DESC LIMIT 1)
                   END
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                AS new (id, revision, told, status, classroom, student, app, detector, level, score,
                        target, skill, started_at, ended_at, evidence, caused_at)
            ON CONFLICT (id) DO UPDATE
            SET revision = excluded.revision, told = e.told + excluded.told, status = excluded.status,
                level = excluded.level, score = excluded.score, started_at = excluded.started_at,
                ended_at = excluded.ended_at, evidence = excluded.evidence, caused_at = excluded.caused_at,
                suspect = coalesce(e.suspect, excluded.suspect), updated_at = now()
            WHERE e.revision < excluded.revision
            RETURNING id, told, suspect
            """;

    private static final String EXPLAINED = "SELECT id FROM metrics.episode WHERE id = ANY (?) AND suspect IS NOT NULL";

    private final SuspectRules suspects;

    EpisodeTable(SuspectRules suspects) {
        this.suspects = suspects;
    }

    /**
     * How far an episode had been told.
     *
     * @param before the number of the last change published before these
     * @param suspect the suspicion that explains it
     */
    record Told(long before, @Nullable UUID suspect) {}

    private record Row(EpisodeRevision last, long changes) {
        Episode episode() {
            return last.episode();
        }

        Row and(Row later) {
            return new Row(later.last, changes + later.changes);
        }
    }

    /**
     * Writes the last of the revisions of each episode, in the order of their ids: as PostgreSQL orders them, by which
     * {@link MarkedEpisodes} locks them, and not as {@link UUID#compareTo} does, which is signed.
     */
    Map<UUID, Told> save(Connection connection, List<EpisodeRevision> revisions) throws SQLException {
        if (revisions.isEmpty()) {
            return Map.of();
        }
        SortedMap<UUID, Row> rows = new TreeMap<>(Comparator.comparing(UUID::toString));
        revisions.forEach(revision -> rows.merge(revision.episode().id(), new Row(revision, 1), Row::and));
        Map<UUID, Told> told = new HashMap<>();
        try (PreparedStatement save = connection.prepareStatement(SAVE)) {
            save.setArray(1, connection.createArrayOf("text", suspects.exempt().toArray()));
            save.setDouble(2, (double) suspects.window().toSeconds());
            bind(save, rows.values());
            try (ResultSet saved = save.executeQuery()) {
                while (saved.next()) {
                    UUID id = saved.getObject(1, UUID.class);
                    long changes = Objects.requireNonNull(rows.get(id)).changes();
                    told.put(id, new Told(saved.getLong(2) - changes, saved.getObject(3, UUID.class)));
                }
            }
        }
        return told;
    }

    /** Of what is open after these revisions, stored before, the episodes that a suspected app explains: they do not count. */
    static Set<UUID> explained(Connection connection, List<EpisodeRevision> revisions) throws SQLException {
        Set<UUID> open = new HashSet<>();
        revisions.forEach(revision -> revision.open().forEach(episode -> open.add(episode.id())));
        Set<UUID> explained = new HashSet<>();
        if (open.isEmpty()) {
            return explained;
        }
        try (PreparedStatement query = connection.prepareStatement(EXPLAINED)) {
            new Columns<>(query, 1, open).column("uuid", id -> id);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    explained.add(rows.getObject(1, UUID.class));
                }
            }
        }
        return explained;
    }

    private static void bind(PreparedStatement save, Collection<Row> rows) throws SQLException {
        new Columns<>(save, 3, rows)
                .column("uuid", row -> row.episode().id())
                .column("int8", row -> row.last().revision())
                .column("int8", Row::changes)
                .column("text", row -> row.episode().status().word())
                .column("text", row -> row.last().seat().classroom())
                .column("text", row -> row.last().seat().student())
                .column("text", row -> row.last().seat().app())
                .column("text", row -> row.episode().detector())
                .column("text", row -> row.episode().level().word())
                .column("float8", row -> row.episode().score())
                .column("text", row -> row.episode().subject().target())
                .column("text", row -> row.episode().subject().skill())
                .column("timestamptz", row -> row.episode().startedAt())
                .column("timestamptz", row -> row.episode().endedAt())
                .column("text", row -> evidence(row.episode()))
                .column("timestamptz", row -> row.last().causedAt());
    }

    static String evidence(Episode episode) {
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

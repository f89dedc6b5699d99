package dev.homeroom.metrics.postgres;

import dev.homeroom.contracts.frustration.EpisodeChange;
import dev.homeroom.metrics.core.suspect.ElementDay;
import dev.homeroom.metrics.core.suspect.Sighting;
import dev.homeroom.metrics.core.suspect.SuspectRules;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The episodes about an element, and the suspicions that explain them: {@code metrics.episode}. */
final class MarkedEpisodes {
    /** More of an element and day are left alone; that many are some megabytes. */
    private static final int MOST = 20_000;

    private static final String SIGHTINGS = """
            SELECT id, classroom, student, started_at, caused_at, evidence->'events'->>0, suspect
            FROM metrics.episode
            WHERE app = ? AND target = ? AND started_at >= ?::timestamptz AND started_at < ?::timestamptz
              AND status <> 'retracted' AND detector <> ALL (?)
            ORDER BY started_at, id LIMIT %d
            """.formatted(MOST);

    /** Locked in the order of ids, as the fold writes them: nobody waits in a circle. */
    private static final String MARK = """
            WITH wanted AS (SELECT * FROM unnest(?, ?) AS wanted (id, suspect)),
                 locked AS (SELECT e.id FROM metrics.episode e JOIN wanted USING (id) ORDER BY e.id FOR UPDATE OF e)
            UPDATE metrics.episode e SET suspect = wanted.suspect, told = e.told + 1, updated_at = now()
            FROM wanted JOIN locked USING (id)
            WHERE e.id = wanted.id AND e.suspect IS DISTINCT FROM wanted.suspect
            RETURNING e.id, e.told, e.status, e.classroom, e.student, e.app, e.detector, e.level, e.score, e.target,
                      e.skill, e.started_at, e.ended_at, e.evidence::text, e.caused_at, e.suspect
            """;

    private MarkedEpisodes() {}

    /** A sighting and the suspicion that explains it now. */
    record Marked(Sighting sighting, @Nullable UUID suspect) {}

    static List<Marked> of(Connection connection, ElementDay element, SuspectRules rules) throws SQLException {
        List<Marked> found = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(SIGHTINGS)) {
            query.setString(1, element.app());
            query.setString(2, element.target());
            query.setString(3, element.start().toString());
            query.setString(4, element.end().toString());
            query.setArray(5, connection.createArrayOf("text", rules.exempt().toArray()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    String event = row.getString(6);
                    Sighting sighting = new Sighting(
                            row.getObject(1, UUID.class),
                            row.getString(2),
                            row.getString(3),
                            SuspectTable.instant(row, 4),
                            SuspectTable.instant(row, 5),
                            event == null ? null : UUID.fromString(event));
                    found.add(new Marked(sighting, row.getObject(7, UUID.class)));
                }
            }
        }
        return found;
    }

    /**
     * Marks episodes, or takes their mark away.
     *
     * @param wanted by episode, the suspicion that explains it or null; only those that change
     * @return what is to be published
     */
    static List<EpisodeChange> mark(Connection connection, Map<UUID, @Nullable UUID> wanted) throws SQLException {
        List<EpisodeChange> changes = new ArrayList<>();
        if (wanted.isEmpty()) {
            return changes;
        }
        try (PreparedStatement mark = connection.prepareStatement(MARK)) {
            new Columns<>(mark, 1, new LinkedHashMap<>(wanted).entrySet())
                    .column("uuid", Map.Entry::getKey)
                    .column("uuid", Map.Entry::getValue);
            try (ResultSet row = mark.executeQuery()) {
                while (row.next()) {
                    changes.add(change(row));
                }
            }
        }
        return Standings.beside(connection, changes);
    }

    private static EpisodeChange change(ResultSet row) throws SQLException {
        @Nullable Instant ended = row.getObject(13) == null ? null : SuspectTable.instant(row, 13);
        return new EpisodeChange(
                row.getString(1),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getDouble(9),
                row.getString(10),
                row.getString(11),
                SuspectTable.instant(row, 12),
                ended,
                SuspectTable.evidence(Objects.requireNonNull(row.getString(14))),
                SuspectTable.instant(row, 15),
                row.getString(16),
                null);
    }
}

package dev.homeroom.metrics.postgres;

import dev.homeroom.metrics.core.Episode;
import dev.homeroom.metrics.core.ShadowRevision;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** What rules on trial would have told: {@code metrics.shadow_episode}. */
final class ShadowTable {
    private static final String SAVE = """
            INSERT INTO metrics.shadow_episode AS e (trial, id, revision, status, classroom, student, app, detector, level,
                                                     score, target, skill, started_at, ended_at, evidence)
            SELECT trial, id, revision, status, classroom, student, app, detector, level,
                   score, target, skill, started_at, ended_at, evidence::jsonb
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                AS new (trial, id, revision, status, classroom, student, app, detector, level,
                        score, target, skill, started_at, ended_at, evidence)
            ON CONFLICT (trial, id) DO UPDATE
            SET revision = excluded.revision, status = excluded.status, level = excluded.level, score = excluded.score,
                started_at = excluded.started_at, ended_at = excluded.ended_at, evidence = excluded.evidence,
                updated_at = now()
            WHERE e.revision < excluded.revision
            """;

    private ShadowTable() {}

    private record Key(long trial, UUID id) {}

    /** Writes the last of the revisions of each episode. */
    static void save(Connection connection, List<ShadowRevision> revisions) throws SQLException {
        if (revisions.isEmpty()) {
            return;
        }
        SortedMap<Key, ShadowRevision> last =
                new TreeMap<>(Comparator.comparingLong(Key::trial).thenComparing(Key::id));
        revisions.forEach(each -> last.put(new Key(each.trial(), episode(each).id()), each));
        try (PreparedStatement save = connection.prepareStatement(SAVE)) {
            new Columns<>(save, 1, last.values())
                    .column("int8", ShadowRevision::trial)
                    .column("uuid", row -> episode(row).id())
                    .column("int8", row -> row.revision().revision())
                    .column("text", row -> episode(row).status().word())
                    .column("text", row -> row.revision().seat().classroom())
                    .column("text", row -> row.revision().seat().student())
                    .column("text", row -> row.revision().seat().app())
                    .column("text", row -> episode(row).detector())
                    .column("text", row -> episode(row).level().word())
                    .column("float8", row -> episode(row).score())
                    .column("text", row -> episode(row).subject().target())
                    .column("text", row -> episode(row).subject().skill())
                    .column("timestamptz", row -> episode(row).startedAt())
                    .column("timestamptz", row -> episode(row).endedAt())
                    .column("text", row -> EpisodeTable.evidence(episode(row)));
            save.executeUpdate();
        }
    }

    private static Episode episode(ShadowRevision row) {
        return row.revision().episode();
    }
}

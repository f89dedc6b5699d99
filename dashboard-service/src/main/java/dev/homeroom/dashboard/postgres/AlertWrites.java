package dev.homeroom.dashboard.postgres;

import static dev.homeroom.dashboard.postgres.AlertRows.utc;

import dev.homeroom.contracts.alert.AlertChange;
import dev.homeroom.dashboard.AlertForm;
import dev.homeroom.dashboard.core.AlertState;
import dev.homeroom.dashboard.core.Change;
import dev.homeroom.dashboard.core.Episode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes what a decision led to: numbers, alerts, episodes and changes, in the caller's transaction. */
@ApplicationScoped
public class AlertWrites {
    private static final String NUMBER = """
            INSERT INTO dashboard.classroom_seq AS s (classroom, epoch, seq)
            SELECT $1, epoch, $2 FROM dashboard.sequence_epoch
            ON CONFLICT (classroom) DO UPDATE SET seq = s.seq + EXCLUDED.seq
            RETURNING seq, epoch
            """;

    private static final String ALERT = """
            INSERT INTO dashboard.alert (id, classroom, student, seq, status, app, detector, target, level, seen_level, evidence,
                episodes, raised_at, snoozed_until, closed_at, reason)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::text::jsonb, $12, $13, $14, $15, $16)
            ON CONFLICT (id) DO UPDATE SET seq = EXCLUDED.seq, status = EXCLUDED.status, app = EXCLUDED.app,
                detector = EXCLUDED.detector, target = EXCLUDED.target, level = EXCLUDED.level,
                seen_level = EXCLUDED.seen_level, evidence = EXCLUDED.evidence, episodes = EXCLUDED.episodes,
                snoozed_until = EXCLUDED.snoozed_until, closed_at = EXCLUDED.closed_at, reason = EXCLUDED.reason
            """;

    private static final String EPISODE = """
            INSERT INTO dashboard.alert_episode AS e (classroom, id, alert, revision, status, student, app, detector, target,
                level, started_at, ended_at, evidence, caused_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13::text::jsonb, $14)
            ON CONFLICT (classroom, id) DO UPDATE SET alert = EXCLUDED.alert, revision = EXCLUDED.revision,
                status = EXCLUDED.status, app = EXCLUDED.app, target = EXCLUDED.target, level = EXCLUDED.level,
                started_at = EXCLUDED.started_at, ended_at = EXCLUDED.ended_at, evidence = EXCLUDED.evidence,
                caused_at = EXCLUDED.caused_at
            """;

    private static final String CHANGE = """
            INSERT INTO dashboard.alert_change (classroom, seq, alert, change, by_subject, request_id, reason, body, caused_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8::text::jsonb, $9)
            """;

    private final AlertRows rows;

    /** Takes what knows the form of the rows. */
    AlertWrites(AlertRows rows) {
        this.rows = rows;
    }

    /** Numbers the changes, stores them with their alerts, and gives them in the form in which they are published. */
    Uni<List<AlertChange>> changes(
            SqlConnection connection, String classroom, List<Change> changes, @Nullable UUID requestId) {
        if (changes.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return connection
                .preparedQuery(NUMBER)
                .execute(Tuple.of(classroom, (long) changes.size()))
                .map(result -> result.iterator().next())
                .flatMap(row -> {
                    var first = row.getLong("seq") - changes.size() + 1;
                    var numbered = numbered(classroom, row.getUUID("epoch").toString(), first, changes);
                    return alerts(connection, changes, first)
                            .chain(() -> history(connection, numbered, requestId))
                            .replaceWith(numbered);
                });
    }

    /** Stores the revisions that are new, with the alert that holds each. */
    Uni<Void> episodes(SqlConnection connection, String classroom, Map<Episode, @Nullable UUID> holders) {
        var batch = holders.entrySet().stream()
                .map(entry -> episode(classroom, entry.getKey(), entry.getValue()))
                .toList();
        return batch.isEmpty()
                ? Uni.createFrom().voidItem()
                : connection.preparedQuery(EPISODE).executeBatch(batch).replaceWithVoid();
    }

    private static List<AlertChange> numbered(String classroom, String epoch, long first, List<Change> changes) {
        var numbered = new ArrayList<AlertChange>(changes.size());
        var seq = first;
        for (var change : changes) {
            numbered.add(new AlertChange(
                    classroom,
                    epoch,
                    seq,
                    change.kind().word(),
                    AlertForm.of(change.alert(), seq),
                    change.by(),
                    change.reason(),
                    change.at()));
            seq++;
        }
        return List.copyOf(numbered);
    }

    /** The closed ones first: the index allows a student one active alert at every moment. */
    private Uni<Void> alerts(SqlConnection connection, List<Change> changes, long first) {
        var latest = new LinkedHashMap<String, Tuple>();
        var states = new LinkedHashMap<String, AlertState>();
        var seq = first;
        for (var change : changes) {
            states.put(change.alert().id(), change.alert());
            latest.put(change.alert().id(), alert(change.alert(), seq++));
        }
        var batch = states.values().stream()
                .sorted(Comparator.comparing((AlertState a) -> a.status().active()))
                .map(a -> latest.get(a.id()))
                .toList();
        return connection.preparedQuery(ALERT).executeBatch(batch).replaceWithVoid();
    }

    private Tuple alert(AlertState alert, long seq) {
        var face = alert.face();
        return Tuple.tuple(Arrays.asList(
                UUID.fromString(alert.id()),
                alert.classroom(),
                alert.student(),
                seq,
                alert.status().word(),
                face.app(),
                face.detector(),
                face.target(),
                face.level().word(),
                alert.seenLevel().word(),
                rows.write(face.evidence()),
                face.count(),
                utc(alert.raisedAt()),
                utc(alert.snoozedUntil()),
                utc(alert.closedAt()),
                alert.reason()));
    }

    private Tuple episode(String classroom, Episode episode, @Nullable UUID alert) {
        return Tuple.tuple(Arrays.asList(
                classroom,
                episode.id(),
                alert,
                episode.revision(),
                episode.status().word(),
                episode.student(),
                episode.app(),
                episode.detector(),
                episode.target(),
                episode.level().word(),
                utc(episode.startedAt()),
                utc(episode.endedAt()),
                rows.write(episode.evidence()),
                utc(episode.causedAt())));
    }

    private Uni<Void> history(SqlConnection connection, List<AlertChange> changes, @Nullable UUID requestId) {
        var batch = changes.stream()
                .map(c -> Tuple.tuple(Arrays.asList(
                        c.classroom(),
                        c.seq(),
                        UUID.fromString(c.alert().id()),
                        c.change(),
                        c.by(),
                        requestId,
                        c.reason(),
                        rows.write(c.alert()),
                        utc(c.causedAt()))))
                .toList();
        return connection.preparedQuery(CHANGE).executeBatch(batch).replaceWithVoid();
    }
}

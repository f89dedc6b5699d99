package dev.homeroom.dashboard.postgres;

import static dev.homeroom.dashboard.postgres.AlertRows.instant;
import static dev.homeroom.dashboard.postgres.AlertRows.optionalInstant;
import static dev.homeroom.dashboard.postgres.AlertRows.utc;

import dev.homeroom.contracts.alert.Alert;
import dev.homeroom.contracts.alert.AlertChange;
import dev.homeroom.contracts.frustration.Evidence;
import dev.homeroom.dashboard.AlertBook;
import dev.homeroom.dashboard.core.AlertStatus;
import dev.homeroom.dashboard.core.Episode;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Answers questions about alerts and their changes. */
@ApplicationScoped
public class AlertQueries {
    private static final String ALERT = """
            SELECT id, classroom, student, seq, status, app, detector, target, level, evidence::text AS evidence, episodes,
                   raised_at, snoozed_until
            FROM dashboard.alert
            """;

    /** One statement, so that number, epoch and changes are of one moment. */
    private static final String HISTORY = """
            WITH head AS (
                SELECT coalesce(s.epoch, e.epoch) AS epoch, coalesce(s.seq, 0) AS seq
                FROM dashboard.sequence_epoch e LEFT JOIN dashboard.classroom_seq s ON s.classroom = $1)
            SELECT head.epoch, head.seq AS head, c.seq, c.change, c.by_subject, c.reason, c.body::text AS body, c.caused_at
            FROM head LEFT JOIN LATERAL (
                SELECT * FROM dashboard.alert_change WHERE classroom = $1 AND seq > $2 ORDER BY seq LIMIT $3) c ON true
            ORDER BY c.seq
            """;

    private static final String EPISODES = "SELECT " + AlertRows.EPISODE_COLUMNS
            + " FROM dashboard.alert_episode WHERE classroom = $1 AND student = ANY($2)"
            + " AND (ended_at IS NULL OR ended_at >= $3) LIMIT 10000";

    private final AlertRows rows;

    /** Takes what knows the form of the rows. */
    AlertQueries(AlertRows rows) {
        this.rows = rows;
    }

    Uni<Optional<Alert>> find(SqlClient client, UUID id) {
        return client.preparedQuery(ALERT + "WHERE id = $1")
                .execute(Tuple.of(id))
                .map(found -> {
                    var row = found.iterator();
                    return row.hasNext() ? Optional.of(alert(row.next())) : Optional.empty();
                });
    }

    /** Whether this request on this alert was done before. */
    Uni<Boolean> repeated(SqlClient client, UUID alert, @Nullable UUID requestId) {
        return requestId == null
                ? Uni.createFrom().item(false)
                : client.preparedQuery("SELECT 1 FROM dashboard.alert_change WHERE alert = $1 AND request_id = $2")
                        .execute(Tuple.of(alert, requestId))
                        .map(found -> found.size() > 0);
    }

    Uni<List<Alert>> list(
            SqlClient client, String classroom, Set<AlertStatus> statuses, @Nullable UUID after, int limit) {
        var words = statuses.stream().map(AlertStatus::word).toArray(String[]::new);
        var sql = ALERT
                + "WHERE classroom = $1 AND status = ANY($2) AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $4";
        return client.preparedQuery(sql)
                .execute(Tuple.of(classroom, words, after, limit))
                .map(found -> stream(found).map(this::alert).toList());
    }

    Uni<AlertBook.History> history(SqlClient client, String classroom, long after, int limit) {
        return client.preparedQuery(HISTORY)
                .execute(Tuple.of(classroom, after, limit))
                .map(found -> history(classroom, after, stream(found).toList()));
    }

    Uni<List<Episode>> episodes(SqlClient client, String classroom, Set<String> students, Instant since) {
        return client.preparedQuery(EPISODES)
                .execute(Tuple.of(classroom, AlertRows.array(students), utc(since)))
                .map(found -> stream(found).map(rows::episode).toList());
    }

    private AlertBook.History history(String classroom, long after, List<Row> found) {
        var head = found.getFirst();
        var epoch = head.getUUID("epoch").toString();
        var seq = head.getLong("head");
        var items = new ArrayList<AlertChange>(found.size());
        for (var row : found) {
            if (row.getLong("seq") != null) {
                items.add(change(classroom, epoch, row));
            }
        }
        var first = items.isEmpty() ? seq + 1 : items.getFirst().seq();
        return new AlertBook.History(classroom, epoch, seq, first > after + 1, items);
    }

    private AlertChange change(String classroom, String epoch, Row row) {
        return new AlertChange(
                classroom,
                epoch,
                row.getLong("seq"),
                row.getString("change"),
                rows.read(row.getString("body"), Alert.class),
                row.getString("by_subject"),
                row.getString("reason"),
                instant(row, "caused_at"));
    }

    private Alert alert(Row row) {
        var face = rows.face(row);
        var trace = face.evidence();
        return new Alert(
                row.getUUID("id").toString(),
                row.getLong("seq"),
                row.getString("classroom"),
                row.getString("student"),
                face.app(),
                face.detector(),
                face.target(),
                face.level().word(),
                row.getString("status"),
                instant(row, "raised_at"),
                optionalInstant(row, "snoozed_until"),
                new Evidence(trace.rule(), trace.values(), trace.events()),
                face.count());
    }

    private static Stream<Row> stream(Iterable<Row> found) {
        return StreamSupport.stream(found.spliterator(), false);
    }
}

package dev.homeroom.queue.postgres;

import static dev.homeroom.queue.postgres.Columns.longs;
import static dev.homeroom.queue.postgres.Columns.texts;
import static dev.homeroom.queue.postgres.Columns.uuids;

import dev.homeroom.queue.core.ClaimedRow;
import dev.homeroom.queue.core.GrantEnd;
import dev.homeroom.queue.core.HeldTask;
import dev.homeroom.queue.core.Hold;
import dev.homeroom.queue.core.TaskGrant;
import dev.homeroom.queue.core.insight.Seen;
import dev.homeroom.queue.core.insight.Watch;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** What the rows must learn of grants that the coordinator changed: renewed, ended, or never written here. */
final class GrantStatements {
    private static final String BACK = """
            WITH i AS (
                SELECT DISTINCT ON (id) * FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[])
                AS i(id, token, cause, reason) ORDER BY id, token DESC
            ), b AS (
                UPDATE queue.task_state s
                SET state = 'pending', token = i.token, session = NULL, incarnation = NULL, claim_seq = NULL,
                    claim_deadline = NULL, version = s.version + 1,
                    moved_by = greatest(s.moved_by, pg_current_xact_id())
                FROM i WHERE s.id = i.id AND %s
                RETURNING new.*, old.state AS from_state, old.session AS by, i.cause, i.reason
            ), x AS (
                INSERT INTO queue.transition (task, version, at, from_state, to_state, cause, type, lesson, session,
                    token, attempt, run_at, reason, xid)
                SELECT id, version, now(), from_state, 'pending', cause, type, lesson, by, token, attempt, run_at, reason,
                    moved_by
                FROM b
            )
            SELECT id, type, lesson, from_state FROM b
            """;

    static final String ENDED = BACK.formatted(Guards.GRANT_ENDED);
    static final String FENCE = BACK.formatted(Guards.FENCE);

    static final String PRESENT = "SELECT i.id FROM unnest($1::uuid[], $2::bigint[]) AS i(id, token)"
            + " JOIN queue.task_state s ON s.id = i.id AND " + Guards.KEPT;

    static final String RENEWED = "UPDATE queue.task_state s SET claim_deadline = i.deadline"
            + " FROM (VALUES ($1::uuid, $2::bigint, $3::text, $4::timestamptz)) AS i(id, token, session, deadline)"
            + " WHERE s.id = i.id AND " + Guards.FINISH;

    private static final String CLAIMED = "SELECT id, token FROM queue.task_state"
            + " WHERE state = 'claimed' AND token > $1 ORDER BY token LIMIT $2";

    private static final String HIGHEST = "SELECT greatest((SELECT max(token) FROM queue.task_state),"
            + " (SELECT max(token) FROM (SELECT token FROM queue.transition ORDER BY xid DESC, position DESC LIMIT 10000)"
            + " AS recent), 0) AS token";

    private static final String CALLED_OFF = "SELECT i.id FROM unnest($1::uuid[], $2::bigint[]) AS i(id, token)"
            + " WHERE EXISTS (SELECT FROM queue.transition x WHERE x.task = i.id AND x.token = i.token"
            + " AND x.from_state = 'claimed' AND x.cause = 'cancelled')";

    private final Database database;

    private final Watch watch;

    GrantStatements(Database database, Watch watch) {
        this.database = database;
        this.watch = watch;
    }

    CompletionStage<List<UUID>> ended(List<GrantEnd> ends) {
        var values = Tuple.of(
                uuids(ends, GrantEnd::task),
                longs(ends, GrantEnd::token),
                texts(ends, e -> e.cause().word()),
                texts(ends, GrantEnd::reason));
        return database.run(ENDED, values, this::lost);
    }

    /**
     * Two statements, the second with a snapshot of its own: whatever the first did not raise has a token at or above the
     * grant's, and only a row that is claimed with exactly that token keeps it.
     */
    CompletionStage<List<HeldTask>> fence(List<HeldTask> grants) {
        var ids = uuids(grants, HeldTask::task);
        var tokens = longs(grants, HeldTask::token);
        var words =
                Tuple.of(ids, tokens, texts(grants, _ -> "repaired"), texts(grants, _ -> "the claim never arrived"));
        return database.run(FENCE, words, GrantStatements::ids)
                .thenCompose(_ -> database.run(PRESENT, Tuple.of(ids, (Object) tokens), GrantStatements::ids))
                .thenApply(present -> {
                    var kept = new HashSet<>(present);
                    return grants.stream().filter(g -> !kept.contains(g.task())).toList();
                });
    }

    CompletionStage<Set<UUID>> calledOff(List<HeldTask> grants) {
        var values = Tuple.of(uuids(grants, HeldTask::task), (Object) longs(grants, HeldTask::token));
        return database.run(CALLED_OFF, values, GrantStatements::ids).thenApply(Set::copyOf);
    }

    CompletionStage<Boolean> renewed(Hold hold, TaskGrant grant) {
        var values = Tuple.of(
                hold.task(), hold.token(), hold.session(), grant.deadline().atOffset(ZoneOffset.UTC));
        return database.run(RENEWED, values, rows -> rows.rowCount() == 1);
    }

    CompletionStage<List<ClaimedRow>> claimed(long afterToken, int limit) {
        return database.run(CLAIMED, Tuple.of(afterToken, limit), rows -> {
            var claimed = new ArrayList<ClaimedRow>(rows.size());
            for (var row : rows) {
                claimed.add(new ClaimedRow(row.getUUID("id"), row.getLong("token")));
            }
            return claimed;
        });
    }

    CompletionStage<Long> highestToken() {
        return database.run(
                HIGHEST, Tuple.tuple(), rows -> rows.iterator().next().getLong("token"));
    }

    private List<UUID> lost(RowSet<Row> rows) {
        var lost = new ArrayList<Seen>(rows.size());
        for (var row : rows) {
            if ("claimed".equals(row.getString("from_state"))) {
                lost.add(new Seen.Lost(row.getString("type"), row.getString("lesson")));
            }
        }
        watch.saw(lost);
        return ids(rows);
    }

    private static List<UUID> ids(RowSet<Row> rows) {
        var ids = new ArrayList<UUID>(rows.size());
        for (var row : rows) {
            ids.add(row.getUUID("id"));
        }
        return ids;
    }
}

package dev.homeroom.queue.postgres;

import static dev.homeroom.queue.postgres.Columns.longs;
import static dev.homeroom.queue.postgres.Columns.texts;
import static dev.homeroom.queue.postgres.Columns.times;
import static dev.homeroom.queue.postgres.Columns.uuids;

import dev.homeroom.queue.core.ClaimRepeat;
import dev.homeroom.queue.core.ClaimResult;
import dev.homeroom.queue.core.GrantedClaim;
import dev.homeroom.queue.core.Task;
import dev.homeroom.queue.core.insight.Seen;
import dev.homeroom.queue.core.insight.Watch;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Writes grants into rows; a refused one is looked at again, for it may be the repeat of one that was written. */
final class ClaimStatement {
    private static final String CLAIMED = TaskRows.TASK
            + ", c.state AS status, c.run_at, c.token, c.session, c.incarnation, c.claim_deadline, c.claimed_at,"
            + " c.version,"
            + " c.attempt, NULL::text AS result, NULL::text AS error";

    static final String CLAIM = """
            WITH i AS (
                SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::timestamptz[],
                    $7::text[], $8::text[])
                AS i(id, token, session, incarnation, seq, deadline, host, repo)
            ), c AS (
                UPDATE queue.task_state s
                SET state = 'claimed', token = i.token, session = i.session, incarnation = i.incarnation,
                    claim_seq = i.seq, claim_deadline = i.deadline, claimed_at = now(),
                    host = coalesce(i.host, s.host), repo = coalesce(i.repo, s.repo),
                    attempt = s.attempt + 1, version = s.version + 1,
                    moved_by = greatest(s.moved_by, pg_current_xact_id())
                FROM i
                WHERE s.id = i.id AND %s
                RETURNING new.*, old.state AS from_state
            ), x AS (
                INSERT INTO queue.transition (task, version, at, from_state, to_state, cause, type, lesson, session,
                    token, attempt, run_at, xid)
                SELECT id, version, now(), from_state, 'claimed', 'claimed', type, lesson, session, token, attempt,
                    run_at, moved_by
                FROM c
            )
            SELECT %s FROM c JOIN queue.task t ON t.id = c.id
            """.formatted(Guards.CLAIM, CLAIMED);

    private static final String PRESENT = "SELECT " + CLAIMED
            + " FROM queue.task_state c JOIN queue.task t ON t.id = c.id WHERE c.id = ANY($1::uuid[])";

    private static final String BEFORE = "SELECT i.n, " + CLAIMED
            + " FROM unnest($1::text[], $2::bigint[], $3::bigint[]) WITH ORDINALITY AS i(session, incarnation, seq, n)"
            + " JOIN queue.task_state c ON c.session = i.session AND c.state = 'claimed'"
            + " AND c.incarnation = i.incarnation AND c.claim_seq = i.seq JOIN queue.task t ON t.id = c.id";

    private final Database database;

    private final Watch watch;

    ClaimStatement(Database database, Watch watch) {
        this.database = database;
        this.watch = watch;
    }

    CompletionStage<List<ClaimResult>> run(List<GrantedClaim> all) {
        var claims = latest(all);
        var values = Tuple.tuple()
                .addArrayOfUUID(uuids(claims, c -> c.grant().task()))
                .addArrayOfLong(longs(claims, c -> c.grant().token()))
                .addArrayOfString(texts(claims, c -> c.owner().session()))
                .addArrayOfLong(longs(claims, c -> c.owner().incarnation()))
                .addArrayOfLong(longs(claims, GrantedClaim::seq))
                .addValue(times(claims, c -> c.grant().deadline()))
                .addArrayOfString(texts(claims, c -> c.place().host()))
                .addArrayOfString(texts(claims, c -> c.place().repo()));
        return database.run(CLAIM, values, this::seen).thenCompose(claimed -> {
            watch.batch("claim", claims.size());
            var refused = claims.stream()
                    .map(c -> c.grant().task())
                    .filter(id -> !claimed.containsKey(id))
                    .toArray(UUID[]::new);
            return present(refused).thenApply(present -> {
                var rows = new HashMap<>(present);
                rows.putAll(claimed);
                return refusals(all.stream().map(claim -> result(claim, rows)).toList());
            });
        });
    }

    /**
     * One grant a task: that with the highest token. A set may bring two, the next holder's and an old one that its session
     * asked for again (the coordinator repeats its first answer); the statement would write either.
     */
    private static List<GrantedClaim> latest(List<GrantedClaim> claims) {
        var latest = new LinkedHashMap<UUID, GrantedClaim>();
        for (var claim : claims) {
            latest.merge(
                    claim.grant().task(),
                    claim,
                    (one, other) -> one.grant().token() >= other.grant().token() ? one : other);
        }
        return List.copyOf(latest.values());
    }

    CompletionStage<List<List<Task>>> before(List<ClaimRepeat> repeats) {
        var values = Tuple.of(
                texts(repeats, r -> r.owner().session()),
                longs(repeats, r -> r.owner().incarnation()),
                longs(repeats, ClaimRepeat::seq));
        return database.run(BEFORE, values, rows -> {
            var found = new ArrayList<List<Task>>();
            repeats.forEach(_ -> found.add(new ArrayList<>()));
            for (var row : rows) {
                found.get((int) (row.getLong("n") - 1)).add(TaskRows.task(row));
            }
            return found;
        });
    }

    private CompletionStage<Map<UUID, Task>> present(UUID[] refused) {
        return refused.length == 0
                ? CompletableFuture.completedFuture(Map.of())
                : database.run(PRESENT, Tuple.of(refused), ClaimStatement::byId);
    }

    private Map<UUID, Task> seen(RowSet<Row> rows) {
        var seen = new ArrayList<Seen>(rows.size());
        for (var row : rows) {
            long wait = Duration.between(TaskRows.required(row, "run_at"), TaskRows.required(row, "claimed_at"))
                    .toMillis();
            seen.add(new Seen.Claimed(row.getString("type"), row.getString("lesson"), wait));
        }
        watch.saw(seen);
        return byId(rows);
    }

    private List<ClaimResult> refusals(List<ClaimResult> results) {
        int refused = (int)
                results.stream().filter(ClaimResult.Refused.class::isInstance).count();
        if (refused > 0) {
            watch.refused(refused);
        }
        return results;
    }

    private static Map<UUID, Task> byId(RowSet<Row> rows) {
        var tasks = new HashMap<UUID, Task>();
        for (var row : rows) {
            var task = TaskRows.task(row);
            tasks.put(task.id(), task);
        }
        return tasks;
    }

    /** What the row says, whoever wrote it: it may hold the claim of somebody else. */
    private static ClaimResult result(GrantedClaim claim, Map<UUID, Task> rows) {
        var row = rows.get(claim.grant().task());
        if (row == null) {
            return new ClaimResult.Refused(claim, 0);
        }
        boolean ours = row.hold().token() == claim.grant().token()
                && claim.owner().session().equals(row.hold().session());
        return ours
                ? new ClaimResult.Applied(claim, row)
                : new ClaimResult.Refused(claim, row.hold().token());
    }
}

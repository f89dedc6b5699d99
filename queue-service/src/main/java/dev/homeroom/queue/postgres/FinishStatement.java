package dev.homeroom.queue.postgres;

import static dev.homeroom.queue.postgres.Columns.booleans;
import static dev.homeroom.queue.postgres.Columns.doubles;
import static dev.homeroom.queue.postgres.Columns.longs;
import static dev.homeroom.queue.postgres.Columns.texts;
import static dev.homeroom.queue.postgres.Columns.uuids;

import dev.homeroom.queue.core.FinishOrder;
import dev.homeroom.queue.core.Outcome;
import dev.homeroom.queue.core.Receipt;
import dev.homeroom.queue.core.RetryPolicies;
import dev.homeroom.queue.core.TaskStatus;
import dev.homeroom.queue.core.insight.Seen;
import dev.homeroom.queue.core.insight.Tally;
import dev.homeroom.queue.core.insight.Watch;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Finishes attempts of every kind in one statement: a task that is over loses its state row, one that goes back keeps it.
 * Which of both a failure is depends on the attempts of the row, so the statement decides; {@link RetryPolicies} says the
 * same in Java.
 */
final class FinishStatement {
    /** Whether the task is over; with {@link Guards#FINISH} it sends each row one of the two ways. Never null. */
    private static final String OVER = "(i.word IN ('complete', 'skip', 'cancel')"
            + " OR i.word = 'fail' AND NOT (i.retryable AND s.attempt < s.max_attempts)"
            + " OR s.deadline IS NOT NULL AND s.deadline <= now())";

    /** The backoff in ms of a row's type, or else of all; without policies of types it costs a look at empty arrays. */
    private static final String BACKOFF = """
            least(coalesce(($14::bigint[])[array_position($12::text[], s.type)], $11::bigint),
                coalesce(($13::bigint[])[array_position($12::text[], s.type)], $10::bigint)
                    * power(2, least(s.attempt, 30) - 1))""";

    private static final String TRANSITION = """
            INSERT INTO queue.transition (task, version, at, from_state, to_state, cause, type, lesson, session, token,
                attempt, run_at, reason, result, asked_by, xid)
            SELECT id, version, now(), from_state, to_state, cause, type, lesson, session, token, attempt, run_at,
                reason, result::json, asked_by, greatest(moved_by, pg_current_xact_id())
            FROM ends
            """;

    /** What was inserted, and since when the task had been claimed. */
    private static final String ENDS = "e.id AS task, e.type, e.lesson, e.version, e.from_state, e.to_state, e.cause,"
            + " e.session, e.token, e.attempt, e.run_at, e.result, e.reason, now() AS at,"
            + " e.asked_by, e.claimed_at FROM ends e";

    private static final String TALLY =
            "INSERT INTO queue.tally (status, lesson, tasks) SELECT to_state, coalesce(lesson, ''), count(*) FROM ends"
                    + " WHERE to_state <> 'pending' GROUP BY to_state, lesson";

    static final String FINISH = """
            WITH i AS (
                SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::boolean[], $6::bigint[],
                    $7::float8[], $8::text[], $9::text[])
                AS i(id, token, session, word, retryable, delay_ms, spread, reason, result)
            ), over AS (
                DELETE FROM queue.task_state s USING i WHERE s.id = i.id AND %1$s AND %2$s
                RETURNING s.*, i.word, i.retryable, i.reason, i.result
            ), back AS (
                UPDATE queue.task_state s
                SET state = 'pending', session = NULL, incarnation = NULL, claim_seq = NULL, claim_deadline = NULL,
                    version = s.version + 1, moved_by = greatest(s.moved_by, pg_current_xact_id()),
                    attempt = CASE i.word WHEN 'fail' THEN s.attempt ELSE s.attempt - 1 END,
                    run_at = CASE i.word
                        WHEN 'fail' THEN now() + interval '1 ms'
                            * coalesce(i.delay_ms, round((0.5 + i.spread / 2) * %6$s))
                        WHEN 'snooze' THEN now() + i.delay_ms * interval '1 ms'
                        ELSE s.run_at END
                FROM i WHERE s.id = i.id AND %1$s AND NOT %2$s
                RETURNING new.*, old.session AS by, old.attempt AS attempted, i.word, i.reason
            ), ends AS (
                SELECT id, version + 1 AS version, state AS from_state,
                    CASE word WHEN 'complete' THEN 'completed' WHEN 'skip' THEN 'skipped' WHEN 'cancel' THEN 'cancelled'
                        ELSE 'failed' END AS to_state,
                    CASE word WHEN 'complete' THEN 'completed' WHEN 'skip' THEN 'skipped' WHEN 'cancel' THEN 'cancelled'
                        WHEN 'fail' THEN CASE WHEN retryable AND attempt < max_attempts THEN 'deadline' ELSE 'failed' END
                        ELSE 'deadline' END AS cause,
                    type, lesson, session, token, attempt, NULL::timestamptz AS run_at, reason, result,
                    NULL::text AS asked_by, moved_by, claimed_at
                FROM over
                UNION ALL
                SELECT id, version, 'claimed', 'pending',
                    CASE word WHEN 'fail' THEN 'retry' WHEN 'snooze' THEN 'snoozed' ELSE 'released' END,
                    type, lesson, by, token, attempted, run_at, reason, NULL, NULL, moved_by, claimed_at
                FROM back
            ), tally AS (%4$s), x AS (%3$s)
            SELECT %5$s
            """.formatted(Guards.FINISH, OVER, TRANSITION, TALLY, ENDS, BACKOFF);

    private static final String CANCEL = """
            WITH over AS (
                DELETE FROM queue.task_state s WHERE s.id = $1 RETURNING s.*
            ), ends AS (
                SELECT id, version + 1 AS version, state AS from_state, 'cancelled' AS to_state, 'cancelled' AS cause,
                    type, lesson, session, token, attempt, NULL::timestamptz AS run_at, $2::text AS reason,
                    NULL::text AS result, $3::text AS asked_by, moved_by, claimed_at
                FROM over
            ), tally AS (%2$s), x AS (%1$s)
            SELECT %3$s
            """.formatted(TRANSITION, TALLY, ENDS);

    private static final String FINISHED = "SELECT " + TaskRows.TRANSITION + " FROM queue.transition x"
            + " WHERE x.task = $1 AND x.token = $2 AND x.from_state = 'claimed' AND x.cause IN ('completed', 'skipped',"
            + " 'failed', 'retry', 'released', 'snoozed', 'cancelled', 'deadline') ORDER BY x.version LIMIT 1";

    private final Database database;
    private final Backoffs backoffs;

    private final Watch watch;

    FinishStatement(Database database, RetryPolicies retries, Watch watch) {
        this.database = database;
        this.backoffs = new Backoffs(retries);
        this.watch = watch;
    }

    CompletionStage<List<Optional<Receipt>>> run(List<FinishOrder> orders) {
        var values = Tuple.tuple()
                .addArrayOfUUID(uuids(orders, o -> o.hold().task()))
                .addArrayOfLong(longs(orders, o -> o.hold().token()))
                .addArrayOfString(texts(orders, o -> o.hold().session()))
                .addArrayOfString(texts(orders, o -> o.outcome().word()))
                .addArrayOfBoolean(booleans(orders, o -> o.outcome() instanceof Outcome.Fail f && f.retryable()))
                .addArrayOfLong(longs(orders, o -> delayMillis(o.outcome())))
                .addArrayOfDouble(doubles(orders, FinishOrder::spread))
                .addArrayOfString(texts(orders, o -> o.outcome().words()))
                .addArrayOfString(texts(
                        orders, o -> o.outcome() instanceof Outcome.Complete(var result) ? result : null));
        watch.batch("finish", orders.size());
        return database.run(FINISH, backoffs.addTo(values), rows -> byTask(seen(rows)))
                .thenApply(receipts -> orders.stream()
                        .map(o -> Optional.ofNullable(receipts.get(o.hold().task())))
                        .toList());
    }

    CompletionStage<Optional<Receipt>> cancel(UUID task, @Nullable String reason, String by) {
        return database.run(CANCEL, Tuple.of(task, reason, by), rows -> first(seen(rows)));
    }

    CompletionStage<Optional<Receipt>> finished(UUID task, long token) {
        return database.run(FINISHED, Tuple.of(task, token), FinishStatement::first);
    }

    private RowSet<Row> seen(RowSet<Row> rows) {
        var seen = new ArrayList<Seen>(rows.size());
        for (var row : rows) {
            seen.add(finished(row));
        }
        watch.saw(seen);
        return rows;
    }

    private static Seen finished(Row row) {
        var status = TaskStatus.of(row.getString("to_state"));
        var event = switch (status) {
            case COMPLETED -> Tally.Event.COMPLETED;
            case SKIPPED -> Tally.Event.SKIPPED;
            case FAILED -> Tally.Event.FAILED;
            case CANCELLED -> Tally.Event.CANCELLED;
            case PENDING, CLAIMED ->
                switch (row.getString("cause")) {
                    case "retry" -> Tally.Event.RETRIED;
                    case "snoozed" -> Tally.Event.SNOOZED;
                    default -> Tally.Event.RELEASED;
                };
        };
        var claimed = TaskRows.instant(row, "claimed_at");
        long run = claimed == null || !"claimed".equals(row.getString("from_state"))
                ? -1
                : Duration.between(claimed, TaskRows.required(row, "at")).toMillis();
        return new Seen.Finished(
                row.getString("type"), row.getString("lesson"), event, row.getInteger("attempt"), status.over(), run);
    }

    private static @Nullable Long delayMillis(Outcome outcome) {
        var delay = switch (outcome) {
            case Outcome.Snooze snooze -> snooze.delay();
            case Outcome.Fail fail -> fail.retryAfter();
            default -> null;
        };
        return delay == null ? null : Long.valueOf(delay.toMillis());
    }

    private static Map<UUID, Receipt> byTask(RowSet<Row> rows) {
        var receipts = new HashMap<UUID, Receipt>();
        for (var row : rows) {
            receipts.put(row.getUUID("task"), TaskRows.receipt(row));
        }
        return receipts;
    }

    private static Optional<Receipt> first(RowSet<Row> rows) {
        for (var row : rows) {
            return Optional.of(TaskRows.receipt(row));
        }
        return Optional.empty();
    }
}

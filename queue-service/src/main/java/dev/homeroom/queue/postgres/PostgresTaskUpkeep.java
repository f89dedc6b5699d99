package dev.homeroom.queue.postgres;

import dev.homeroom.queue.core.FailedPage;
import dev.homeroom.queue.core.FailedQuery;
import dev.homeroom.queue.core.Receipt;
import dev.homeroom.queue.core.RetryOrder;
import dev.homeroom.queue.core.TaskStatus;
import dev.homeroom.queue.core.TaskUpkeep;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@link TaskUpkeep} on PostgreSQL 18 or later. */
@ApplicationScoped
public class PostgresTaskUpkeep implements TaskUpkeep {
    private static final String RETRY = "SELECT " + TaskRows.TRANSITION
            + " FROM queue.retry($1::uuid[], $2::text[], $3, $4::timestamptz, $5, $6) x";

    private static final String EXPIRE = """
            WITH late AS (
                SELECT id FROM queue.task_state WHERE state = 'pending' AND deadline <= now()
                ORDER BY deadline LIMIT $1 FOR UPDATE SKIP LOCKED
            ), over AS (
                DELETE FROM queue.task_state s USING late
                WHERE s.id = late.id AND s.state = 'pending' AND s.deadline <= now()
                RETURNING s.*
            ), x AS (
                INSERT INTO queue.transition (task, version, at, from_state, to_state, cause, type, lesson, token,
                    attempt, reason, xid)
                SELECT id, version + 1, now(), 'pending', 'failed', 'deadline', type, lesson, token, attempt,
                    'its deadline has passed', greatest(moved_by, pg_current_xact_id())
                FROM over
            ), tally AS (
                INSERT INTO queue.tally (status, lesson, tasks)
                SELECT 'failed', coalesce(lesson, ''), count(*) FROM over GROUP BY lesson
            )
            SELECT count(*)::int AS expired FROM over
            """;

    /** A first step names nobody: who enqueued the task stands beside it. */
    private static final String HISTORY = "SELECT " + TaskRows.TRANSITION + ", t.created_by"
            + " FROM queue.transition x JOIN queue.task t ON t.id = x.task"
            + " WHERE x.task = $1 AND x.version > $2 ORDER BY x.version LIMIT $3";

    private final Database database;
    private final FailedTasks failed;

    /** Runs its statements in this database. */
    public PostgresTaskUpkeep(Database database) {
        this.database = database;
        failed = new FailedTasks(database);
    }

    @Override
    public CompletionStage<FailedPage> failed(FailedQuery query) {
        return failed.run(query);
    }

    @Override
    public CompletionStage<List<Receipt>> retry(RetryOrder order) {
        if (order.tasks().isEmpty()) {
            return CompletableFuture.completedFuture(List.of());
        }
        var deadline = order.deadline();
        var values = Tuple.tuple()
                .addArrayOfUUID(order.tasks().toArray(UUID[]::new))
                .addArrayOfString(order.from().stream().map(TaskStatus::word).toArray(String[]::new))
                .addLong(order.delay().toMillis())
                .addOffsetDateTime(deadline == null ? null : deadline.atOffset(ZoneOffset.UTC))
                .addString(order.by())
                .addString(order.reason());
        return database.run(RETRY, values, PostgresTaskUpkeep::receipts);
    }

    @Override
    public CompletionStage<Integer> expire(int limit) {
        return database.run(
                EXPIRE, Tuple.of(limit), rows -> rows.iterator().next().getInteger("expired"));
    }

    @Override
    public CompletionStage<List<Receipt>> history(UUID task, int afterVersion, int limit) {
        return database.run(HISTORY, Tuple.of(task, afterVersion, limit), rows -> {
            var steps = new ArrayList<Receipt>(rows.size());
            for (var row : rows) {
                var step = TaskRows.receipt(row);
                steps.add(step.version() == 1 ? step.askedBy(row.getString("created_by")) : step);
            }
            return steps;
        });
    }

    private static List<Receipt> receipts(RowSet<Row> rows) {
        var receipts = new ArrayList<Receipt>(rows.size());
        for (var row : rows) {
            receipts.add(TaskRows.receipt(row));
        }
        return receipts;
    }
}

package dev.homeroom.queue.postgres;

import dev.homeroom.queue.core.Receipt;
import dev.homeroom.queue.core.Task;
import dev.homeroom.queue.core.TaskCounts;
import dev.homeroom.queue.core.TaskStatus;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Reads for people and programs that look on. */
final class TaskQueries {
    private static final String FIND = TaskRows.NOW + " WHERE t.id = $1";

    /** The most transitions that one answer holds: the latest. */
    private static final int HISTORY = 1_000;

    private static final String STEPS = "SELECT " + TaskRows.TRANSITION
            + " FROM queue.transition x WHERE x.task = $1 ORDER BY x.version DESC LIMIT " + HISTORY;

    private static final String COUNTS = """
            SELECT state AS status, count(*)::bigint AS tasks, count(*) FILTER (WHERE state = 'pending' AND run_at <= now()) AS due,
                min(run_at) FILTER (WHERE state = 'pending' AND run_at <= now()) AS oldest
            FROM queue.task_state GROUP BY state
            UNION ALL SELECT status, sum(tasks)::bigint, 0, NULL FROM (
                SELECT status, tasks FROM queue.total WHERE lesson = '' UNION ALL SELECT status, tasks FROM queue.tally
            ) AS ended WHERE status <> 'enqueued' GROUP BY status
            """;

    private final Database database;

    TaskQueries(Database database) {
        this.database = database;
    }

    CompletionStage<Optional<Task>> find(UUID task) {
        return database.run(
                FIND,
                Tuple.of(task),
                rows -> read(rows, TaskRows::task).stream().findFirst());
    }

    CompletionStage<List<Receipt>> history(UUID task) {
        return database.run(
                STEPS, Tuple.of(task), rows -> read(rows, TaskRows::receipt).reversed());
    }

    CompletionStage<TaskCounts> counts() {
        return database.run(COUNTS, Tuple.tuple(), rows -> {
            var counts = new EnumMap<TaskStatus, Long>(TaskStatus.class);
            for (var status : TaskStatus.values()) {
                counts.put(status, 0L);
            }
            long due = 0;
            java.time.Instant oldest = null;
            for (var row : rows) {
                var status = TaskStatus.of(row.getString("status"));
                counts.put(status, row.getLong("tasks"));
                if (status == TaskStatus.PENDING) {
                    due = row.getLong("due");
                    oldest = TaskRows.instant(row, "oldest");
                }
            }
            return new TaskCounts(counts, due, oldest);
        });
    }

    private static <T> List<T> read(RowSet<Row> rows, Function<Row, T> one) {
        var all = new ArrayList<T>(rows.size());
        for (var row : rows) {
            all.add(one.apply(row));
        }
        return all;
    }
}

package dev.homeroom.queue.postgres;

import dev.homeroom.queue.core.Receipt;
import dev.homeroom.queue.core.Task;
import dev.homeroom.queue.core.TaskHold;
import dev.homeroom.queue.core.TaskStatus;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads tasks and transitions out of rows. */
final class TaskRows {
    /** The columns of {@link #task(Row)} that come from {@code queue.task t}. */
    static final String TASK = "t.id, t.type, t.payload::text AS payload, t.idempotency_key, t.priority, t.lesson,"
            + " t.max_attempts, t.limits, t.capabilities, t.resolver, t.deadline, t.created_at";

    /** A task wherever it stands: its row while it is unfinished, its last transition always. */
    static final String NOW = "SELECT " + TASK + ", coalesce(s.state, x.to_state) AS status,"
            + " coalesce(s.run_at, x.run_at, t.run_at) AS run_at, coalesce(s.token, x.token) AS token,"
            + " s.session, s.incarnation, s.claim_deadline, coalesce(s.version, x.version) AS version,"
            + " coalesce(s.attempt, x.attempt) AS attempt, x.result::text AS result, x.reason AS error"
            + " FROM queue.task t LEFT JOIN queue.task_state s ON s.id = t.id"
            + " LEFT JOIN LATERAL (SELECT * FROM queue.transition x WHERE x.task = t.id"
            + " ORDER BY x.version DESC LIMIT 1) x ON true"
            // A finished task whose history was dropped is gone, even though its row waits to be purged.
            + " JOIN LATERAL (SELECT 1 WHERE s.id IS NOT NULL OR x.task IS NOT NULL) AS known ON true";

    /** The columns of {@link #receipt(Row)} of {@code queue.transition x}. */
    static final String TRANSITION = "x.task, x.type, x.lesson, x.version, x.to_state, x.cause, x.session, x.token,"
            + " x.attempt, x.run_at, x.result::text AS result, x.reason, x.at, x.asked_by";

    private TaskRows() {}

    static Task task(Row row) {
        var hold = new TaskHold(
                row.getLong("token"),
                row.getString("session"),
                row.getLong("incarnation") == null ? 0 : row.getLong("incarnation"),
                instant(row, "claim_deadline"));
        return new Task(
                row.getUUID("id"),
                row.getString("type"),
                row.getString("payload"),
                row.getString("idempotency_key"),
                row.getInteger("priority"),
                row.getString("lesson"),
                required(row, "run_at"),
                row.getInteger("max_attempts"),
                texts(row, "limits"),
                texts(row, "capabilities"),
                row.getString("resolver"),
                instant(row, "deadline"),
                required(row, "created_at"),
                TaskStatus.of(row.getString("status")),
                hold,
                row.getInteger("version"),
                row.getInteger("attempt"),
                row.getString("result"),
                row.getString("error"));
    }

    static Receipt receipt(Row row) {
        return new Receipt(
                row.getUUID("task"),
                row.getString("type"),
                row.getString("lesson"),
                row.getInteger("version"),
                TaskStatus.of(row.getString("to_state")),
                row.getString("cause"),
                row.getString("session"),
                row.getLong("token"),
                row.getInteger("attempt"),
                instant(row, "run_at"),
                row.getString("result"),
                row.getString("reason"),
                required(row, "at"),
                row.getString("asked_by"));
    }

    static @Nullable Instant instant(Row row, String column) {
        var time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    static Instant required(Row row, String column) {
        return row.getOffsetDateTime(column).toInstant();
    }

    static List<String> texts(Row row, String column) {
        var values = row.getArrayOfStrings(column);
        return values == null ? List.of() : List.of(values);
    }
}

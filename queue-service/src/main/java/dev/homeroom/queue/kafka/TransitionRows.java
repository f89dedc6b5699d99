package dev.homeroom.queue.kafka;

import dev.homeroom.contracts.event.Event;
import dev.homeroom.contracts.event.EventType;
import dev.homeroom.contracts.task.TaskTransition;
import dev.homeroom.platform.event.EventCodec;
import dev.homeroom.platform.outbox.OutboxTable;
import dev.homeroom.platform.outbox.RowReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Reads transitions as events: id = task:version, key = task. */
final class TransitionRows {
    private static final String COLUMNS =
            "task, version, from_state, to_state, cause, type, lesson, session, token, attempt, reason, at";

    private TransitionRows() {}

    static OutboxTable table() {
        return table(TransitionRows::read);
    }

    static OutboxTable table(RowReader reader) {
        return OutboxTable.history("queue", "transition", COLUMNS, reader);
    }

    static ProducerRecord<String, byte[]> read(ResultSet row) throws SQLException {
        var task = row.getString("task");
        long version = row.getLong("version");
        long token = row.getLong("token");
        var at = row.getObject("at", OffsetDateTime.class).toInstant();
        var transition = new TaskTransition(
                task,
                version,
                row.getString("from_state"),
                row.getString("to_state"),
                row.getString("cause"),
                row.getString("type"),
                row.getString("lesson"),
                row.getString("session"),
                token == 0 ? null : token,
                row.getInt("attempt"),
                row.getString("reason"),
                at);
        return EventCodec.encode(
                new Event<>(task + ":" + version, "/queue", EventType.TASK_CHANGED, task, at, transition));
    }
}

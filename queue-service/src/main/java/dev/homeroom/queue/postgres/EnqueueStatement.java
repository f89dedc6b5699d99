package dev.homeroom.queue.postgres;

import static dev.homeroom.queue.postgres.Columns.ints;
import static dev.homeroom.queue.postgres.Columns.longs;
import static dev.homeroom.queue.postgres.Columns.texts;
import static dev.homeroom.queue.postgres.Columns.times;
import static dev.homeroom.queue.postgres.Columns.uuids;

import dev.homeroom.queue.core.Enqueued;
import dev.homeroom.queue.core.IdempotencyKey;
import dev.homeroom.queue.core.NewTask;
import dev.homeroom.queue.core.Rejection;
import dev.homeroom.queue.core.Task;
import dev.homeroom.queue.core.TaskHold;
import dev.homeroom.queue.core.TaskStatus;
import dev.homeroom.queue.core.insight.Seen;
import dev.homeroom.queue.core.insight.Watch;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Inserts tasks with their state and first transition; what was there already is answered from there. */
final class EnqueueStatement {
    private static final String INSERT = """
            WITH i AS (
                SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::uuid[], $7::int[],
                    $8::text[], $9::bigint[], $10::timestamptz[], $11::int[], $12::text[], $13::text[],
                    $14::timestamptz[], $15::text[], $16::text[])
                AS i(id, type, payload, idempotency_key, key_hash, content_hash, priority,
                    lesson, delay_ms, run_at, max_attempts, limits, resolver, deadline, created_by, capabilities)
            ), t AS (
                INSERT INTO queue.task (id, type, payload, idempotency_key, key_hash, content_hash, priority, lesson,
                    limits, capabilities, resolver, run_at, deadline, max_attempts, created_at, created_by)
                SELECT id, type, payload::json, idempotency_key, key_hash, content_hash, priority, lesson,
                    limits::text[], capabilities::text[], resolver, greatest(now(), coalesce(run_at, now() + delay_ms * interval '1 ms')),
                    deadline, max_attempts, now(), created_by
                FROM i
                WHERE deadline IS NULL OR deadline > greatest(now(), coalesce(run_at, now() + delay_ms * interval '1 ms'))
                ON CONFLICT DO NOTHING
                RETURNING id, type, priority, lesson, limits, capabilities, run_at, deadline, max_attempts, created_at
            ), s AS (
                INSERT INTO queue.task_state (id, state, priority, max_attempts, run_at, deadline, type, lesson, limits,
                    capabilities, lane)
                SELECT id, 'pending', priority, max_attempts, run_at, deadline, type, lesson, nullif(limits, '{}'),
                    nullif(capabilities, '{}'), queue.lane(type, lesson, limits, capabilities)
                FROM t
            ), x AS (
                INSERT INTO queue.transition (task, version, at, to_state, cause, type, lesson, attempt, run_at)
                SELECT id, 1, created_at, 'pending', 'enqueued', type, lesson, 0, run_at FROM t
            ), tally AS (
                INSERT INTO queue.tally (status, lesson, tasks)
                SELECT 'enqueued', lesson, count(*) FROM t WHERE lesson IS NOT NULL GROUP BY lesson
            )
            SELECT id, run_at, created_at FROM t
            """;

    private static final String EXISTING = "SELECT n.*, t.key_hash, t.content_hash FROM (" + TaskRows.NOW
            + " WHERE t.id = ANY($1::uuid[]) OR t.key_hash = ANY($2::uuid[])) n JOIN queue.task t ON t.id = n.id";

    private record Inserted(Instant runAt, Instant createdAt) {}

    private final Database database;

    private final Watch watch;

    EnqueueStatement(Database database, Watch watch) {
        this.database = database;
        this.watch = watch;
    }

    CompletionStage<List<Enqueued>> run(List<NewTask> tasks) {
        return database.run(INSERT, values(tasks), EnqueueStatement::inserted).thenCompose(inserted -> {
            watch.batch("enqueue", tasks.size());
            watch.saw(tasks.stream()
                    .filter(t -> inserted.containsKey(t.id()))
                    .map(t -> new Seen.Enqueued(t.type(), t.lesson()))
                    .toList());
            var others =
                    tasks.stream().filter(t -> !inserted.containsKey(t.id())).toList();
            return existing(others)
                    .thenApply(found -> tasks.stream()
                            .map(task -> {
                                var now = inserted.get(task.id());
                                return now == null ? duplicate(task, found) : accepted(task, now);
                            })
                            .toList());
        });
    }

    private static Tuple values(List<NewTask> tasks) {
        return Tuple.tuple()
                .addArrayOfUUID(uuids(tasks, NewTask::id))
                .addArrayOfString(texts(tasks, NewTask::type))
                .addArrayOfString(texts(tasks, NewTask::payload))
                .addArrayOfString(
                        texts(tasks, t -> t.key() == null ? null : t.key().key()))
                .addArrayOfUUID(
                        uuids(tasks, t -> t.key() == null ? null : t.key().hash()))
                .addArrayOfUUID(
                        uuids(tasks, t -> t.key() == null ? null : t.key().content()))
                .addArrayOfInteger(ints(tasks, NewTask::priority))
                .addArrayOfString(texts(tasks, NewTask::lesson))
                .addArrayOfLong(longs(tasks, t -> t.delay().toMillis()))
                .addValue(times(tasks, NewTask::runAt))
                .addArrayOfInteger(ints(tasks, NewTask::maxAttempts))
                .addArrayOfString(texts(tasks, t -> Columns.arrayLiteral(t.limits())))
                .addArrayOfString(texts(tasks, NewTask::resolver))
                .addValue(times(tasks, NewTask::deadline))
                .addArrayOfString(texts(tasks, NewTask::by))
                .addArrayOfString(texts(tasks, t -> Columns.arrayLiteral(t.capabilities())));
    }

    private static Map<UUID, Inserted> inserted(RowSet<Row> rows) {
        var inserted = new HashMap<UUID, Inserted>();
        for (var row : rows) {
            inserted.put(
                    row.getUUID("id"),
                    new Inserted(TaskRows.required(row, "run_at"), TaskRows.required(row, "created_at")));
        }
        return inserted;
    }

    private CompletionStage<Existing> existing(List<NewTask> tasks) {
        if (tasks.isEmpty()) {
            return CompletableFuture.completedFuture(new Existing(Map.of(), Map.of()));
        }
        var ids = uuids(tasks, NewTask::id);
        var hashes = tasks.stream()
                .flatMap(t -> java.util.stream.Stream.ofNullable(t.key()))
                .map(IdempotencyKey::hash);
        return database.run(EXISTING, Tuple.of(ids, (Object) hashes.toArray(UUID[]::new)), rows -> {
            var byId = new HashMap<UUID, Task>();
            var byKey = new HashMap<UUID, Keyed>();
            for (var row : rows) {
                var task = TaskRows.task(row);
                byId.put(task.id(), task);
                if (row.getUUID("key_hash") != null) {
                    byKey.put(row.getUUID("key_hash"), new Keyed(task, row.getUUID("content_hash")));
                }
            }
            return new Existing(byId, byKey);
        });
    }

    private record Keyed(Task task, UUID content) {}

    private record Existing(Map<UUID, Task> byId, Map<UUID, Keyed> byKey) {}

    /** The same id: this very insertion had been made before its answer was lost. The same key: somebody's repeat. */
    private static Enqueued duplicate(NewTask task, Existing existing) {
        var self = existing.byId().get(task.id());
        if (self != null) {
            return new Enqueued.Accepted(self);
        }
        var key = task.key();
        var first = key == null ? null : existing.byKey().get(key.hash());
        if (first == null && task.deadline() != null) {
            return new Enqueued.Late(new Rejection.Invalid(
                    "deadline: must be later than now, and than the time when" + " the task is due."));
        }
        if (key == null || first == null) {
            // Purged between the two statements: as if it had never been.
            throw new dev.homeroom.queue.core.QueueException(new Rejection.Unavailable("the first task of this key"));
        }
        return first.content().equals(key.content())
                ? new Enqueued.Duplicate(first.task())
                : new Enqueued.KeyTaken(new Rejection.KeyReused(
                        key.key(),
                        first.task().id(),
                        first.task().type(),
                        first.task().payload(),
                        task.type(),
                        task.payload()));
    }

    private static Enqueued accepted(NewTask task, Inserted inserted) {
        var key = task.key();
        return new Enqueued.Accepted(new Task(
                task.id(),
                task.type(),
                task.payload(),
                key == null ? null : key.key(),
                task.priority(),
                task.lesson(),
                inserted.runAt(),
                task.maxAttempts(),
                task.limits(),
                task.capabilities(),
                task.resolver(),
                task.deadline(),
                inserted.createdAt(),
                TaskStatus.PENDING,
                TaskHold.NONE,
                1,
                0,
                null,
                null));
    }
}

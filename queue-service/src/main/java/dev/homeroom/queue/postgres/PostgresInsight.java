package dev.homeroom.queue.postgres;

import dev.homeroom.queue.core.TaskStatus;
import dev.homeroom.queue.core.insight.Depths;
import dev.homeroom.queue.core.insight.Held;
import dev.homeroom.queue.core.insight.HeldQuery;
import dev.homeroom.queue.core.insight.HeldRow;
import dev.homeroom.queue.core.insight.InsightStore;
import dev.homeroom.queue.core.insight.MinuteRow;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@link InsightStore} on PostgreSQL. */
@ApplicationScoped
public class PostgresInsight implements InsightStore {
    /** In the order of tokens, which is that of the grants; read from the index of claimed rows. */
    private static final String HELD = """
            SELECT now() AS at, h.* FROM (SELECT 1) AS one LEFT JOIN LATERAL (
                SELECT s.id, s.type, s.lesson, s.priority, s.attempt, s.max_attempts, s.limits, s.session, s.incarnation,
                    s.token, s.claimed_at, s.claim_deadline
                FROM queue.task_state s
                WHERE s.state = 'claimed'
            """;

    /**
     * Tasks of one lane are of one type and lesson, so that the lanes are counted from the index alone, and one row of
     * each says what they are of. Claimed ones are few: there is a session for each.
     */
    private static final String DEPTHS = """
            WITH lanes AS (
                SELECT lane, count(*) AS tasks, count(*) FILTER (WHERE run_at <= now()) AS due, min(run_at) AS oldest
                FROM queue.task_state WHERE state = 'pending' GROUP BY lane
            ), of AS (
                SELECT false AS claimed, one.type, one.lesson, l.tasks, l.due, l.oldest
                FROM lanes l CROSS JOIN LATERAL (
                    SELECT s.type, s.lesson FROM queue.task_state s WHERE s.state = 'pending' AND s.lane = l.lane LIMIT 1
                ) one
                UNION ALL
                SELECT true, type, lesson, count(*), 0, NULL FROM queue.task_state WHERE state = 'claimed'
                GROUP BY type, lesson
            )
            SELECT now() AS at, d.* FROM (SELECT 1) AS one LEFT JOIN (
                SELECT claimed, type, lesson, sum(tasks)::bigint AS tasks, sum(due)::bigint AS due,
                    min(oldest) FILTER (WHERE oldest <= now()) AS oldest
                FROM of WHERE ($1::text IS NULL OR type = $1) AND ($2::text IS NULL OR lesson = $2)
                GROUP BY claimed, type, lesson ORDER BY claimed, sum(tasks) DESC, type, lesson
            ) d ON true
            """;

    private static final String ENDED = """
            SELECT status, sum(tasks)::bigint AS tasks FROM (
                SELECT status, tasks FROM queue.total WHERE lesson = '' UNION ALL SELECT status, tasks FROM queue.tally
            ) AS ended WHERE status <> 'enqueued' GROUP BY status
            """;

    private final Database database;
    private final MinuteTable minutes;

    /** In this database. */
    public PostgresInsight(Database database) {
        this.database = database;
        this.minutes = new MinuteTable(database);
    }

    @Override
    public CompletionStage<Held> held(HeldQuery query) {
        var values = Tuple.tuple();
        var where = new StringBuilder();
        and(where, values, "s.id = ", query.task());
        and(where, values, "s.type = ", query.type());
        and(where, values, "s.lesson = ", query.lesson());
        and(where, values, "s.session = ", query.session());
        if (query.limitKey() != null) {
            and(where, values, "s.limits @> ", new String[] {query.limitKey()});
        }
        values.addInteger(query.limit());
        return database.run(
                HELD + where + " ORDER BY s.token LIMIT $" + values.size() + ") h ON true",
                values,
                PostgresInsight::held);
    }

    private static void and(StringBuilder where, Tuple values, String condition, @Nullable Object value) {
        if (value != null) {
            values.addValue(value);
            where.append(" AND ")
                    .append(condition)
                    .append('$')
                    .append(values.size())
                    .append(' ');
        }
    }

    private static Held held(RowSet<Row> rows) {
        var at = Instant.EPOCH;
        var held = new ArrayList<HeldRow>(rows.size());
        for (var row : rows) {
            at = TaskRows.required(row, "at");
            if (row.getUUID("id") != null) {
                held.add(held(row));
            }
        }
        return new Held(at, held);
    }

    private static HeldRow held(Row row) {
        return new HeldRow(
                row.getUUID("id"),
                row.getString("type"),
                row.getString("lesson"),
                row.getInteger("priority"),
                row.getInteger("attempt"),
                row.getInteger("max_attempts"),
                TaskRows.texts(row, "limits"),
                row.getString("session"),
                row.getLong("incarnation"),
                row.getLong("token"),
                TaskRows.instant(row, "claimed_at"),
                TaskRows.required(row, "claim_deadline"));
    }

    @Override
    public CompletionStage<Depths> depths(@Nullable String type, @Nullable String lesson) {
        return database.run(DEPTHS, Tuple.of(type, (Object) lesson), rows -> {
            var at = Instant.EPOCH;
            var depths = new ArrayList<Depths.Depth>(rows.size());
            for (var row : rows) {
                at = TaskRows.required(row, "at");
                if (row.getString("type") != null) {
                    depths.add(new Depths.Depth(
                            row.getBoolean("claimed"),
                            row.getString("type"),
                            row.getString("lesson"),
                            row.getLong("tasks"),
                            row.getLong("due"),
                            TaskRows.instant(row, "oldest")));
                }
            }
            return new Depths(at, depths);
        });
    }

    @Override
    public CompletionStage<Map<TaskStatus, Long>> ended() {
        return database.run(ENDED, Tuple.tuple(), rows -> {
            var ended = new EnumMap<TaskStatus, Long>(TaskStatus.class);
            Stream.of(TaskStatus.values()).filter(TaskStatus::over).forEach(status -> ended.put(status, 0L));
            for (var row : rows) {
                ended.put(TaskStatus.of(row.getString("status")), row.getLong("tasks"));
            }
            return ended;
        });
    }

    @Override
    public CompletionStage<Integer> flush(List<MinuteRow> rows) {
        return minutes.flush(rows);
    }

    @Override
    public CompletionStage<List<MinuteRow>> minutes(Instant from, @Nullable String type, @Nullable String lesson) {
        return minutes.read(from, type, lesson);
    }
}

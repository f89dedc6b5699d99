package dev.homeroom.queue.postgres;

import dev.homeroom.queue.core.FailedPage;
import dev.homeroom.queue.core.FailedQuery;
import dev.homeroom.queue.core.FailedQuery.After;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Finds failed tasks by the index of rare ends. A portion looks at no more than {@value #WINDOW} steps, however few of
 * them fit: a criterion that hardly any fulfils gives short portions, not long statements.
 */
final class FailedTasks {
    /** Failures that one portion looks at. */
    static final int WINDOW = 1_000;

    private final Database database;

    FailedTasks(Database database) {
        this.database = database;
    }

    CompletionStage<FailedPage> run(FailedQuery query) {
        var values = Tuple.of(query.after().task(), query.after().version())
                .addValue(time(query.deadline()))
                .addLong(query.delay().toMillis());
        var range = new StringBuilder();
        if (!query.ids().isEmpty()) {
            range.append(" AND x.task = ANY(").append(next(values, query.ids().toArray(UUID[]::new)) + ")");
        }
        if (query.since() != null) {
            range.append(" AND x.at >= ").append(next(values, time(query.since())));
        }
        if (query.before() != null) {
            range.append(" AND x.at < ").append(next(values, time(query.before())));
        }
        var fits = new StringBuilder("true");
        if (query.type() != null) {
            fits.append(" AND w.type = ").append(next(values, query.type()));
        }
        if (query.lesson() != null) {
            fits.append(" AND w.lesson IS NOT DISTINCT FROM ").append(next(values, query.lesson()));
        }
        if (query.error() != null) {
            fits.append(" AND coalesce(strpos(w.reason, ")
                    .append(next(values, query.error()))
                    .append(") > 0, false)");
        }
        return database.run(select(range, fits), values, rows -> page(rows, query.limit()));
    }

    private static String select(CharSequence range, CharSequence fits) {
        return """
                WITH w AS (
                    SELECT x.task, x.version, x.type, x.lesson, x.reason FROM queue.transition x
                    WHERE x.to_state = 'failed' AND (x.task, x.version) > ($1, $2) %s
                    ORDER BY x.task, x.version LIMIT %d
                )
                SELECT w.task, w.version,
                    (%s) AND NOT EXISTS (SELECT FROM queue.task_state s WHERE s.id = w.task)
                        AND NOT EXISTS (SELECT FROM queue.transition y WHERE y.task = w.task AND y.version > w.version) AS fits,
                    coalesce($3::timestamptz, t.deadline) <= now() + $4 * interval '1 ms' AS late
                FROM w JOIN queue.task t ON t.id = w.task ORDER BY w.task, w.version
                """.formatted(range, WINDOW, fits);
    }

    private static FailedPage page(RowSet<Row> rows, int limit) {
        var tasks = new ArrayList<UUID>();
        int late = 0;
        After last = null;
        int seen = 0;
        for (var row : rows) {
            if (tasks.size() >= limit) {
                break;
            }
            seen++;
            boolean fits = row.getBoolean("fits");
            // Behind a task that fits all its steps are left out: what fails again meanwhile is not met twice.
            last = new After(row.getUUID("task"), fits ? Integer.MAX_VALUE : row.getInteger("version"));
            if (fits) {
                if (Boolean.TRUE.equals(row.getBoolean("late"))) {
                    late++;
                } else {
                    tasks.add(last.task());
                }
            }
        }
        boolean more = seen < rows.size() || rows.size() == WINDOW;
        return new FailedPage(tasks, late, more ? last : null);
    }

    private static java.time.@Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static String next(Tuple values, @Nullable Object value) {
        values.addValue(value);
        return "$" + values.size();
    }
}

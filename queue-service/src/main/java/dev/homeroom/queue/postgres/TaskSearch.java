package dev.homeroom.queue.postgres;

import dev.homeroom.queue.core.Task;
import dev.homeroom.queue.core.TaskFilter;
import dev.homeroom.queue.core.TaskPage;
import dev.homeroom.queue.core.TaskQuery;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lists tasks. The ids are UUIDv7, so their order is that of enqueueing, and a page goes on below the last id of the one
 * before. Each source of ids (see {@link SearchSource}) is looked through up to a bound; what was found until then is the
 * page, and the bound's id is where the next one begins. So no list takes long, however rare what it looks for.
 */
final class TaskSearch {
    /** Tasks of one source that a round looks at. */
    static final int LOOKED_AT = 20_000;

    /** The same, where the history of each may have to be read. */
    static final int READ = 5_000;

    /** So often a page that is empty is tried again further on. */
    private static final int ROUNDS = 4;

    private static final Comparator<UUID> AS_POSTGRES = Comparator.<UUID, Long>comparing(
                    UUID::getMostSignificantBits, Long::compareUnsigned)
            .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

    private static final String FETCH = TaskRows.NOW
            + " WHERE t.id = ANY($1::uuid[]) AND coalesce(s.state, x.to_state) IS NOT NULL ORDER BY t.id DESC";

    private static final String NO_EDGE = "SELECT NULL::uuid AS id";

    /** A statement with its values. */
    record Statement(String sql, Tuple values) {}

    /**
     * What a source has.
     *
     * @param ids newest first
     * @param until below this it was not looked through; null: it was, to its end
     */
    private record Slice(List<UUID> ids, @Nullable UUID until) {}

    private final Database database;

    TaskSearch(Database database) {
        this.database = database;
    }

    CompletionStage<TaskPage> run(TaskQuery query) {
        return round(query, 1);
    }

    private CompletionStage<TaskPage> round(TaskQuery query, int number) {
        return slices(query).thenCompose(slices -> page(query, slices)).thenCompose(page -> {
            boolean further = page.items().isEmpty() && page.next() != null && number < ROUNDS;
            return further
                    ? round(new TaskQuery(query.filter(), page.next(), query.limit()), number + 1)
                    : CompletableFuture.completedStage(page);
        });
    }

    private CompletionStage<List<Slice>> slices(TaskQuery query) {
        CompletionStage<List<Slice>> all = CompletableFuture.completedStage(List.of());
        for (var source : SearchSource.of(query.filter())) {
            var statement = statement(source, query);
            all = all.thenCompose(before -> database.run(
                    statement.sql(),
                    statement.values(),
                    rows -> Stream.concat(before.stream(), Stream.of(slice(rows, query.limit())))
                            .toList()));
        }
        return all;
    }

    /** The sources' ids in one order, as far down as each of them was looked through. */
    private CompletionStage<TaskPage> page(TaskQuery query, List<Slice> slices) {
        var until = slices.stream()
                .flatMap(slice -> Stream.ofNullable(slice.until()))
                .max(AS_POSTGRES)
                .orElse(null);
        var ids = slices.stream()
                .flatMap(slice -> slice.ids().stream())
                .filter(id -> until == null || AS_POSTGRES.compare(id, until) >= 0)
                .sorted(AS_POSTGRES.reversed())
                .toList();
        boolean more = ids.size() > query.limit();
        var shown = more ? ids.subList(0, query.limit()) : ids;
        var next = more ? shown.getLast() : until;
        return shown.isEmpty()
                ? CompletableFuture.completedStage(new TaskPage(List.of(), next))
                : database.run(
                                FETCH,
                                Tuple.of((Object) shown.toArray(UUID[]::new)),
                                rows -> tasks(rows, query.filter()))
                        .thenApply(tasks -> new TaskPage(tasks, next));
    }

    /** A task that took a step since its id was read may not be meant any more. */
    private static List<Task> tasks(RowSet<Row> rows, TaskFilter filter) {
        var tasks = new ArrayList<Task>(rows.size());
        for (var row : rows) {
            var task = TaskRows.task(row);
            if (filter.statuses().isEmpty() || filter.statuses().contains(task.status())) {
                tasks.add(task);
            }
        }
        return tasks;
    }

    private static Slice slice(RowSet<Row> rows, int limit) {
        var ids = new ArrayList<UUID>(rows.size());
        UUID edge = null;
        for (var row : rows) {
            edge = row.getUUID("edge");
            if (row.getUUID("id") != null) {
                ids.add(row.getUUID("id"));
            }
        }
        ids.sort(AS_POSTGRES.reversed());
        return new Slice(ids, ids.size() > limit ? ids.getLast() : edge);
    }

    static Statement statement(SearchSource source, TaskQuery query) {
        var conditions = new SearchConditions(source, query);
        var from = source.from(conditions.held());
        // Always at least one row, for the edge.
        var sql = """
                WITH edge AS MATERIALIZED (%1$s)
                SELECT b.edge, f.id FROM (SELECT (SELECT id FROM edge) AS edge) AS b LEFT JOIN LATERAL (
                    SELECT %2$s AS id FROM %3$s %4$s
                    WHERE %5$s AND %2$s >= coalesce((SELECT id FROM edge), '00000000-0000-0000-0000-000000000000') AND %6$s
                    ORDER BY %2$s DESC LIMIT %7$d
                ) AS f ON true
                """.formatted(
                        edge(source, from, conditions),
                        source.id(),
                        from,
                        source.facts(),
                        conditions.range(),
                        conditions.facts(),
                        query.limit() + 1);
        return new Statement(sql, conditions.values());
    }

    /** Where looking ends, if it has to. */
    private static String edge(SearchSource source, String from, SearchConditions conditions) {
        return conditions.lookedAt() == 0
                ? NO_EDGE
                : "SELECT %1$s AS id FROM %2$s WHERE %3$s ORDER BY %1$s DESC OFFSET %4$d LIMIT 1"
                        .formatted(source.id(), from, conditions.range(), conditions.lookedAt() - 1);
    }
}

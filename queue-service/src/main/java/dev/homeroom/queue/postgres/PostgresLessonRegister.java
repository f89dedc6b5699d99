package dev.homeroom.queue.postgres;

import dev.homeroom.queue.core.lesson.LessonProgress;
import dev.homeroom.queue.core.lesson.LessonRegister;
import dev.homeroom.queue.core.lesson.ObjectiveProgress;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * {@link LessonRegister} on the totals, what the tally adds to them, and the claimed rows: a few rows a lesson, whatever its
 * history. Each answer is of one moment.
 */
@ApplicationScoped
public class PostgresLessonRegister implements LessonRegister {
    /** What came on top since it was last summed up, and who is at work: both are few. */
    private static final String RECENT = """
            SELECT lesson, status, sum(tasks)::bigint AS tasks FROM queue.tally WHERE lesson <> '' GROUP BY lesson, status
            UNION ALL
            SELECT lesson, 'claimed', count(*) FROM queue.task_state WHERE state = 'claimed' AND lesson IS NOT NULL
            GROUP BY lesson
            """;

    private static final String PROGRESS = """
            SELECT n.lesson, n.status, sum(n.tasks)::bigint AS tasks FROM (
                SELECT t.lesson, t.status, t.tasks FROM queue.total t WHERE t.lesson = ANY($1::text[])
                UNION ALL
                SELECT r.lesson, r.status, r.tasks FROM (%s) AS r WHERE r.lesson = ANY($1::text[])
            ) AS n GROUP BY n.lesson, n.status
            """.formatted(RECENT);

    private static final String OBJECTIVES = """
            WITH o AS MATERIALIZED (
                SELECT l.objective, count(*) AS lessons FROM queue.lesson l WHERE l.objective >= coalesce($1::text, '') AND l.objective IS DISTINCT FROM $1::text
                GROUP BY l.objective ORDER BY l.objective LIMIT $2
            ), n AS (
                SELECT l.objective, t.status, t.tasks
                FROM o JOIN queue.lesson l ON l.objective = o.objective JOIN queue.total t ON t.lesson = l.name
                UNION ALL
                SELECT o.objective, r.status, r.tasks
                FROM (%s) AS r JOIN queue.lesson l ON l.name = r.lesson JOIN o ON o.objective = l.objective
            )
            SELECT o.objective, o.lessons, s.status, s.tasks
            FROM o LEFT JOIN (SELECT objective, status, sum(tasks)::bigint AS tasks FROM n GROUP BY objective, status) AS s
                ON s.objective = o.objective
            ORDER BY o.objective
            """.formatted(RECENT);

    /** The most lessons with a weight of their own; see {@link HibernateLessonStore}. */
    static final int WEIGHTS = 10_000;

    /** Twice as many, for those that several replicas made at the same time. */
    private static final String OWN_WEIGHTS =
            "SELECT name, weight FROM queue.lesson WHERE weight <> 1 ORDER BY name LIMIT " + 2 * WEIGHTS;

    private final Database database;
    private final LessonGate gate;

    /** In this database; tasks of unknown lessons go the way of {@code gate}. */
    public PostgresLessonRegister(Database database, LessonGate gate) {
        this.database = database;
        this.gate = gate;
    }

    @Override
    public CompletionStage<Map<String, LessonProgress>> progress(Collection<String> names) {
        if (names.isEmpty()) {
            return CompletableFuture.completedStage(Map.of());
        }
        return database.run(PROGRESS, Tuple.of((Object) names.toArray(String[]::new)), rows -> {
            var counts = new HashMap<String, Map<String, Long>>();
            for (var row : rows) {
                counts.computeIfAbsent(row.getString("lesson"), _ -> new HashMap<>())
                        .put(row.getString("status"), row.getLong("tasks"));
            }
            var progress = new HashMap<String, LessonProgress>();
            names.forEach(name -> progress.put(name, LessonProgress.of(counts.getOrDefault(name, Map.of()))));
            return progress;
        });
    }

    @Override
    public CompletionStage<List<ObjectiveProgress>> objectives(@Nullable String after, int limit) {
        return database.run(OBJECTIVES, Tuple.of(after, limit), PostgresLessonRegister::groups);
    }

    @Override
    public CompletionStage<Map<String, Double>> weights() {
        return database.run(OWN_WEIGHTS, Tuple.tuple(), rows -> {
            var weights = new HashMap<String, Double>();
            for (var row : rows) {
                weights.put(row.getString("name"), row.getDouble("weight"));
            }
            return weights;
        });
    }

    @Override
    public void forget(String name) {
        gate.forget(name);
    }

    private static List<ObjectiveProgress> groups(RowSet<Row> rows) {
        var lessons = new LinkedHashMap<String, Long>();
        var counts = new HashMap<String, Map<String, Long>>();
        for (var row : rows) {
            var objective = row.getString("objective");
            lessons.put(objective, row.getLong("lessons"));
            var own = counts.computeIfAbsent(objective, _ -> new HashMap<>());
            if (row.getString("status") != null) {
                own.put(row.getString("status"), row.getLong("tasks"));
            }
        }
        var groups = new ArrayList<ObjectiveProgress>(lessons.size());
        lessons.forEach((objective, number) -> groups.add(new ObjectiveProgress(
                objective.isEmpty() ? null : objective,
                number,
                LessonProgress.of(counts.getOrDefault(objective, Map.of())))));
        return groups;
    }
}

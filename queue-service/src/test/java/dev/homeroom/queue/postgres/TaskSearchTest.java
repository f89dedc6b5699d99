package dev.homeroom.queue.postgres;

import static dev.homeroom.queue.testing.QueueDatabase.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.queue.core.Task;
import dev.homeroom.queue.core.TaskFilter;
import dev.homeroom.queue.core.TaskQuery;
import dev.homeroom.queue.core.TaskStatus;
import dev.homeroom.queue.testing.QueueDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Rare things among 120,000 finished tasks are found without a scan, by the rows that the plans touch; what has no index
 * looks at a bounded number and says where to go on (R-Q10, R-Q12).
 */
class TaskSearchTest {
    private static final QueueDatabase DATABASE = new QueueDatabase();
    private static final int FINISHED = 120_000;

    private final TaskSearch search = new TaskSearch(DATABASE.database());

    private static final int CHUNK = 20_000;

    /** Ids in their order; of every 40,000, one failed, one was skipped and one is pending; the rest is completed. */
    @BeforeAll
    static void fill() {
        for (int from = 1; from <= FINISHED; from += CHUNK) {
            var numbered = numbered(from, from + CHUNK - 1);
            DATABASE.sql(
                    "INSERT INTO queue.task (id, type, payload, priority, lesson, run_at, max_attempts, created_at,"
                            + " created_by) SELECT id, type, '{}', 5, lesson, now(), 4, now(), 't' FROM " + numbered);
            DATABASE.sql("INSERT INTO queue.transition (task, version, at, from_state, to_state, cause, type, attempt,"
                    + " reason) SELECT id, 2, now(), 'claimed', status, status, type, 1,"
                    + " CASE status WHEN 'failed' THEN 'Disk full' END FROM " + numbered
                    + " WHERE status <> 'pending'");
            DATABASE.sql("INSERT INTO queue.transition (task, version, at, to_state, cause, type, attempt)"
                    + " SELECT id, 1, now(), 'pending', 'enqueued', type, 0 FROM " + numbered
                    + " WHERE status = 'pending'");
            DATABASE.sql("INSERT INTO queue.task_state (id, state, priority, max_attempts, run_at, type, lane)"
                    + " SELECT id, 'pending', 5, 4, now(), type, 0 FROM " + numbered + " WHERE status = 'pending'");
        }
        DATABASE.sql("ANALYZE queue.task, queue.task_state, queue.transition");
    }

    private static String numbered(int from, int to) {
        return """
                (SELECT ('01900000-0000-7000-8000-0000' || lpad(to_hex(i), 8, '0'))::uuid AS id,
                    CASE WHEN i = 7 THEN 'Rare' ELSE 'usual' END AS type,
                    CASE WHEN mod(i, 30000) = 0 THEN 'seldom' END AS lesson,
                    CASE mod(i, 40000) WHEN 1 THEN 'failed' WHEN 2 THEN 'skipped' WHEN 3 THEN 'pending'
                        ELSE 'completed' END AS status
                    FROM generate_series(%d, %d) AS i) AS n
                """.formatted(from, to);
    }

    @AfterAll
    static void close() {
        DATABASE.close();
    }

    @Test
    void rareStatusesAreFoundAtOnce() {
        for (var status : List.of(TaskStatus.FAILED, TaskStatus.SKIPPED, TaskStatus.PENDING, TaskStatus.CANCELLED)) {
            var query = query(filter(Set.of(status), null, null, null), null);
            var page = join(search.run(query));
            assertThat(page.items()).as(status.word()).hasSize(status == TaskStatus.CANCELLED ? 0 : 3);
            assertThat(page.items()).allMatch(task -> task.status() == status);
            assertThat(page.next()).isNull();
            assertThat(touched(query)).as(status.word()).isLessThan(200);
        }
    }

    @Test
    void severalStatusesComeInOneOrder() {
        var query = query(filter(Set.of(TaskStatus.FAILED, TaskStatus.PENDING), null, null, null), null);
        var items = join(search.run(query)).items();
        assertThat(items).extracting(Task::id).isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(items).hasSize(6);
        assertThat(touched(query)).isLessThan(400);
    }

    @Test
    void usualOnesEndWithThePage() {
        var all = query(filter(Set.of(), null, null, null), null);
        assertThat(join(search.run(all)).items()).hasSize(10);
        assertThat(touched(all)).isLessThan(100);
        var completed = query(filter(Set.of(TaskStatus.COMPLETED), null, null, null), null);
        assertThat(join(search.run(completed)).items()).hasSize(10);
        // One look at the bound, and the page itself.
        assertThat(touched(completed)).isLessThan(2 * TaskSearch.READ + 2_000);
    }

    @Test
    void tasksOfALessonHaveAnIndex() {
        var query = query(filter(Set.of(), null, "seldom", null), null);
        assertThat(join(search.run(query)).items()).hasSize(FINISHED / 30_000);
        assertThat(touched(query)).isLessThan(200);
    }

    @Test
    void wordsOfAnErrorAreFoundAmongTheFailed() {
        var query = query(filter(Set.of(TaskStatus.FAILED), null, null, "DISK"), null);
        assertThat(join(search.run(query)).items()).hasSize(3);
        assertThat(touched(query)).isLessThan(200);
    }

    @Test
    void whatHasNoIndexIsLookedForPieceByPiece() {
        var query = query(filter(Set.of(), "Rare", null, null), null);
        assertThat(touched(query)).isLessThan(3 * TaskSearch.LOOKED_AT + 2_000);
        var found = new ArrayList<Task>();
        int pages = 0;
        UUID after = null;
        do {
            var page = join(search.run(query(query.filter(), after)));
            found.addAll(page.items());
            after = page.next();
            pages++;
        } while (after != null);
        assertThat(found).hasSize(1);
        assertThat(pages).isBetween(2, FINISHED / TaskSearch.LOOKED_AT + 1);
    }

    @Test
    void taskThatWasRetriedAfterAllIsNotFailed() {
        var failed = filter(Set.of(TaskStatus.FAILED), null, null, null);
        var one = join(search.run(query(failed, null))).items().getFirst();
        DATABASE.sql("INSERT INTO queue.task_state (id, state, priority, max_attempts, version, run_at, type, lane)"
                + " VALUES ('" + one.id() + "', 'pending', 5, 4, 3, now(), 'usual', 0)");
        try {
            assertThat(join(search.run(query(failed, null))).items()).hasSize(2);
        } finally {
            DATABASE.sql("DELETE FROM queue.task_state WHERE id = '" + one.id() + "'");
        }
    }

    /** Rows that the plans of all sources read, whether they kept them or not. */
    private static long touched(TaskQuery query) {
        long touched = 0;
        for (var source : SearchSource.of(query.filter())) {
            var statement = TaskSearch.statement(source, query);
            var plan = DATABASE.sql("EXPLAIN (ANALYZE, FORMAT JSON) " + statement.sql(), statement.values())
                    .getFirst()
                    .getValue(0);
            touched += rows(((JsonArray) plan).getJsonObject(0).getJsonObject("Plan"));
        }
        return touched;
    }

    private static long rows(JsonObject node) {
        double loops = node.getDouble("Actual Loops", 1.0);
        double own = node.getDouble("Actual Rows", 0.0) + node.getDouble("Rows Removed by Filter", 0.0);
        long sum = node.containsKey("Relation Name") ? Math.round(own * loops) : 0;
        for (var child : node.getJsonArray("Plans", new JsonArray())) {
            sum += rows((JsonObject) child);
        }
        return sum;
    }

    private static TaskFilter filter(
            Set<TaskStatus> statuses, @Nullable String type, @Nullable String lesson, @Nullable String text) {
        return new TaskFilter(statuses, type, lesson, null, null, null, null, null, null, null, null, text);
    }

    private static TaskQuery query(TaskFilter filter, @Nullable UUID after) {
        return new TaskQuery(filter, after, 10);
    }
}

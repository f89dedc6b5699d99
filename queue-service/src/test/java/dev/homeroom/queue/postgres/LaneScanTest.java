package dev.homeroom.queue.postgres;

import static dev.homeroom.queue.testing.QueueDatabase.join;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeroom.queue.core.order.Head;
import dev.homeroom.queue.core.order.Lane;
import dev.homeroom.queue.core.order.Pick;
import dev.homeroom.queue.core.order.Range;
import dev.homeroom.queue.testing.QueueDatabase;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the scans of a claim read, whatever else is in the table (R-Q5): 100,000 tasks that wait for one limit, 1,000 free
 * ones in ten lessons, 1,000 that are not due and 1,000 whose deadline has passed.
 */
class LaneScanTest {
    private static final Lane BLOCKED = Lane.of("build", null, List.of("host:a"));
    private static final Lane FREE = Lane.of("build", "lesson-3", List.of());
    private static final Lane LATER = Lane.of("later", null, List.of());
    private static final Lane LATE = Lane.of("late", null, List.of());

    private static QueueDatabase database;
    private static CandidateScan scan;

    @BeforeAll
    static void fill() {
        database = new QueueDatabase();
        scan = new CandidateScan(database.database());
        insert(100_000, "'build', NULL, '{host:a}'::text[]", "now() - n * interval '1 s'", "NULL");
        insert(1_000, "'build', 'lesson-' || n % 10, NULL::text[]", "now() - n * interval '1 s'", "NULL");
        insert(1_000, "'later', NULL, NULL::text[]", "now() + n * interval '1 day'", "NULL");
        insert(1_000, "'late', NULL, NULL::text[]", "now() - n * interval '1 s'", "now() - interval '1 s'");
        database.sql("ANALYZE queue.task_state");
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void serviceAndDatabaseComputeTheSameLanes() {
        var lanes = database.sql("SELECT DISTINCT lane, type, lesson, limits FROM queue.task_state");
        assertThat(lanes)
                .hasSize(13)
                .allSatisfy(row -> assertThat(row.getLong("lane"))
                        .isEqualTo(
                                Lane.of(row.getString("type"), row.getString("lesson"), TaskRows.texts(row, "limits"))
                                        .id()));
        assertThat(database.sql("SELECT queue.lane('ä', 'ö\"', '{a,\"b c\",ü}') AS lane")
                        .getFirst()
                        .getLong("lane"))
                .isEqualTo(Lane.of("ä", "ö\"", List.of("a", "b c", "ü")).id());
        assertThat(database.sql("SELECT queue.lane('t', NULL, '{}', '{x,\"y z\"}') AS some,"
                                + " queue.lane('t', NULL, NULL, NULL) AS none")
                        .getFirst())
                .satisfies(row -> assertThat(row.getLong("some"))
                        .isEqualTo(Lane.of("t", null, List.of(), List.of("x", "y z"))
                                .id()))
                .satisfies(row -> assertThat(row.getLong("none"))
                        .isEqualTo(Lane.of("t", null, List.of()).id()));
    }

    @Test
    void oneStepARangeFindsAllHeads() {
        var heads = join(scan.heads(Range.START, 100));
        assertThat(heads.heads()).hasSize(13).extracting(Head::range).isSorted();
        assertThat(heads.heads())
                .filteredOn(head -> head.lane().equals(LATER))
                .singleElement()
                .satisfies(head -> assertThat(head.due()).isAfter(heads.now()));
        var second = join(scan.heads(heads.heads().get(5).range(), 3));
        assertThat(second.heads()).isEqualTo(heads.heads().subList(6, 9));
        assertThat(join(scan.heads(heads.heads().getLast().range(), 3)).heads()).isEmpty();
        var cost = explain(CandidateScan.HEADS, Tuple.of(Range.START.lane(), (short) -1, 100L));
        assertThat(cost.rows()).as("rows of the index").isLessThanOrEqualTo(13);
        assertThat(cost.buffers())
                .as("pages, three a step down and one of the table")
                .isLessThan(100);
    }

    @Test
    void readsOfARangeOnlyWhatItOffers() {
        var picks = List.of(new Pick(new Range(FREE.id(), 5), 10), new Pick(new Range(BLOCKED.id(), 5), 20));
        var rows = join(scan.due(picks));
        assertThat(rows.get(0))
                .hasSize(10)
                .allSatisfy(c -> assertThat(c.lesson()).isEqualTo("lesson-3"));
        assertThat(rows.get(0)).isSortedAccordingTo(java.util.Comparator.comparing(c -> c.due()));
        assertThat(rows.get(1)).hasSize(20);
        var cost = explain(
                CandidateScan.DUE, Tuple.of(new Long[] {FREE.id()}, new Short[] {(short) 5}, new Integer[] {10}));
        assertThat(cost.rows()).as("rows of the index").isEqualTo(10);
        assertThat(cost.buffers()).as("pages").isLessThan(30);
    }

    @Test
    void whatIsNotDueOrTooLateIsNotOffered() {
        var picks = List.of(new Pick(new Range(LATER.id(), 5), 10), new Pick(new Range(LATE.id(), 5), 10));
        assertThat(join(scan.due(picks))).allSatisfy(rows -> assertThat(rows).isEmpty());
        var cost = explain(
                CandidateScan.DUE, Tuple.of(new Long[] {LATER.id()}, new Short[] {(short) 5}, new Integer[] {10}));
        assertThat(cost.rows()).isZero();
        assertThat(cost.buffers()).isLessThan(10);
    }

    private record Cost(long rows, long buffers) {}

    private static Cost explain(String sql, Tuple values) {
        var plan = join(database.database().run("EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + sql, values, rows ->
                (JsonArray) rows.iterator().next().getJson(0)));
        var root = plan.getJsonObject(0).getJsonObject("Plan");
        return new Cost(rowsRead(root), root.getLong("Shared Hit Blocks") + root.getLong("Shared Read Blocks"));
    }

    /** The rows that the nodes above the table took from it, those that a filter threw away included. */
    private static long rowsRead(JsonObject node) {
        long rows = 0;
        if ("task_state".equals(node.getString("Relation Name"))) {
            assertThat(node.getString("Index Name")).isEqualTo("task_state_due");
            rows += Math.round((node.getDouble("Actual Rows") + node.getDouble("Rows Removed by Filter", 0.0))
                    * node.getLong("Actual Loops"));
        }
        for (var child : node.getJsonArray("Plans", new JsonArray())) {
            rows += rowsRead((JsonObject) child);
        }
        return rows;
    }

    private static void insert(int count, String identity, String runAt, String deadline) {
        database.sql("""
                INSERT INTO queue.task_state (id, state, priority, max_attempts, run_at, deadline, type, lesson, limits, lane)
                SELECT gen_random_uuid(), 'pending', 5, 3, %s, %s, type, lesson, limits, queue.lane(type, lesson, limits)
                FROM (SELECT n, x.* FROM generate_series(1, %d) AS n, LATERAL (SELECT %s) AS x(type, lesson, limits)) y
                """.formatted(runAt, deadline, count, identity));
    }
}

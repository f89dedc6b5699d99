package dev.homeroom.queue.postgres;

import dev.homeroom.queue.core.Candidate;
import dev.homeroom.queue.core.Place;
import dev.homeroom.queue.core.order.Head;
import dev.homeroom.queue.core.order.Heads;
import dev.homeroom.queue.core.order.Lane;
import dev.homeroom.queue.core.order.Pick;
import dev.homeroom.queue.core.order.Range;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * Reads the index of pending tasks, (lane, priority, run_at, id): from the beginning of given ranges, so that the cost
 * follows the answer's size and not the queue's, and from range to range, one step each.
 */
final class CandidateScan {
    static final String DUE = """
            SELECT i.n, c.* FROM unnest($1::bigint[], $2::smallint[], $3::int[]) WITH ORDINALITY
                AS i(lane, priority, most, n)
            CROSS JOIN LATERAL (
                SELECT s.id, s.type, s.priority, s.run_at, s.lesson, s.limits, s.capabilities, s.host, s.repo
                FROM queue.task_state s
                WHERE s.state = 'pending' AND s.lane = i.lane AND s.priority = i.priority AND s.run_at <= now()
                    AND (s.deadline IS NULL OR s.deadline > now())
                ORDER BY s.run_at, s.id LIMIT i.most
            ) c
            """;

    private static final String HEAD = """
            SELECT s.lane, s.priority, s.run_at, s.type, s.lesson, s.limits, s.capabilities FROM queue.task_state s
            WHERE s.state = 'pending' AND (s.lane, s.priority) > (%s)
            ORDER BY s.lane, s.priority, s.run_at, s.id LIMIT 1
            """;

    /** A loose scan: each step goes down the index to the first entry of the next range. */
    static final String HEADS =
            """
            WITH RECURSIVE r AS (
                (%s) UNION ALL SELECT n.* FROM r CROSS JOIN LATERAL (%s) n
            ), page AS (SELECT * FROM r LIMIT $3)
            SELECT p.*, now() AS now FROM (SELECT) one LEFT JOIN page p ON true
            """.formatted(HEAD.formatted("$1::bigint, $2::smallint"), HEAD.formatted("r.lane, r.priority"));

    private static final String ONE = "SELECT s.id, s.type, s.priority, s.run_at, s.lesson, s.limits, s.capabilities,"
            + " s.host, s.repo FROM queue.task_state s WHERE s.id = $1";

    private final Database database;

    CandidateScan(Database database) {
        this.database = database;
    }

    CompletionStage<List<List<Candidate>>> due(List<Pick> picks) {
        var lanes = new Long[picks.size()];
        var priorities = new Short[picks.size()];
        var most = new Integer[picks.size()];
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = picks.get(i).range().lane();
            priorities[i] = (short) picks.get(i).range().priority();
            most[i] = picks.get(i).most();
        }
        return database.run(DUE, Tuple.of(lanes, priorities, most), rows -> {
            var found = new ArrayList<List<Candidate>>(picks.size());
            picks.forEach(_ -> found.add(new ArrayList<>()));
            for (var row : rows) {
                found.get((int) (row.getLong(0) - 1)).add(candidate(row));
            }
            return found;
        });
    }

    CompletionStage<Optional<Candidate>> one(UUID task) {
        return database.run(ONE, Tuple.of(task), rows -> {
            var row = rows.iterator();
            return row.hasNext() ? Optional.of(candidate(row.next())) : Optional.empty();
        });
    }

    CompletionStage<Heads> heads(Range after, int limit) {
        return database.run(
                HEADS, Tuple.of(after.lane(), (short) after.priority(), (long) limit), CandidateScan::heads);
    }

    private static Candidate candidate(Row row) {
        return new Candidate(
                row.getUUID("id"),
                row.getString("type"),
                row.getInteger("priority"),
                TaskRows.required(row, "run_at"),
                row.getString("lesson"),
                TaskRows.texts(row, "limits"),
                TaskRows.texts(row, "capabilities"),
                new Place(row.getString("host"), row.getString("repo")));
    }

    private static Heads heads(RowSet<Row> rows) {
        var heads = new ArrayList<Head>(rows.size());
        Instant now = Instant.EPOCH;
        for (var row : rows) {
            now = TaskRows.required(row, "now");
            if (row.getLong("lane") != null) {
                var lane = new Lane(
                        row.getLong("lane"),
                        row.getString("type"),
                        row.getString("lesson"),
                        TaskRows.texts(row, "limits"),
                        TaskRows.texts(row, "capabilities"));
                heads.add(new Head(lane, row.getInteger("priority"), TaskRows.required(row, "run_at")));
            }
        }
        return new Heads(heads, now);
    }
}

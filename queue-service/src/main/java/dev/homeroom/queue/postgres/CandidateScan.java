package dev.homeroom.queue.postgres;

import dev.homeroom.queue.core.Candidate;
import dev.homeroom.queue.core.ClaimFilter;
import dev.homeroom.queue.core.Place;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What can be claimed now, in the queue's order: priority, then since when it is due. Each priority (of each type) is one
 * range of an index, read from its beginning, so the cost follows the answer's size and not the queue's.
 */
final class CandidateScan {
    private static final String ANY = scan("", "");
    private static final String OF_TYPES = scan("CROSS JOIN unnest($3::text[]) AS k(type)", "AND s.type = k.type");
    private static final String OF_LESSON = scan("", "AND s.lesson = $3");
    private static final String OF_BOTH = scan("", "AND s.lesson = $3 AND s.type = ANY($4::text[])");

    private final Database database;

    CandidateScan(Database database) {
        this.database = database;
    }

    CompletionStage<List<Candidate>> run(ClaimFilter filter, Collection<String> blocked, int limit) {
        var values = Tuple.of(limit, (Object) blocked.toArray(String[]::new));
        var types = filter.types().toArray(String[]::new);
        if (filter.lesson() != null) {
            values.addString(filter.lesson());
            return types.length == 0 ? read(OF_LESSON, values) : read(OF_BOTH, values.addArrayOfString(types));
        }
        return types.length == 0 ? read(ANY, values) : read(OF_TYPES, values.addArrayOfString(types));
    }

    private static String scan(String ranges, String condition) {
        return """
                SELECT c.* FROM generate_series(9, 0, -1) AS p(priority) %s CROSS JOIN LATERAL (
                    SELECT s.id, s.type, s.priority, s.run_at, s.lesson, s.limits, s.capabilities, s.host, s.repo
                    FROM queue.task_state s
                    WHERE s.state = 'pending' AND s.priority = p.priority AND s.run_at <= now() %s
                        AND (s.deadline IS NULL OR s.deadline > now())
                        AND (s.limits IS NULL OR NOT s.limits && $2::text[])
                    ORDER BY s.run_at, s.id LIMIT $1
                ) c ORDER BY c.priority DESC, c.run_at, c.id LIMIT $1
                """.formatted(ranges, condition);
    }

    private CompletionStage<List<Candidate>> read(String sql, Tuple values) {
        return database.run(sql, values, rows -> {
            var candidates = new ArrayList<Candidate>(rows.size());
            for (var row : rows) {
                candidates.add(new Candidate(
                        row.getUUID("id"),
                        row.getString("type"),
                        row.getInteger("priority"),
                        TaskRows.required(row, "run_at"),
                        row.getString("lesson"),
                        TaskRows.texts(row, "limits"),
                        TaskRows.texts(row, "capabilities"),
                        new Place(row.getString("host"), row.getString("repo"))));
            }
            return candidates;
        });
    }
}

package dev.homeroom.queue.postgres;

import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Keeps the tables in bounds: partitions ahead, old history and what belongs to it away. Harmless to run anywhere, twice. */
@ApplicationScoped
public class Housekeeping {
    /** How many days ahead there is a partition: a service that is down for longer makes them when it starts. */
    static final int DAYS_AHEAD = 7;

    /** Finished tasks that one statement purges. */
    static final int PURGED_AT_ONCE = 1_000;

    private static final String AHEAD = "SELECT queue.create_partitions($1)";
    private static final String DROP = "SELECT queue.drop_partitions(now() - $1 * interval '1 second') AS dropped";

    /** Tasks whose history went with its partitions: until then a repeat of their idempotency key is recognised. */
    private static final String PURGE = """
            DELETE FROM queue.task WHERE id IN (
                SELECT t.id FROM queue.task t
                WHERE t.created_at < now() - $1 * interval '1 second'
                    AND NOT EXISTS (SELECT FROM queue.task_state s WHERE s.id = t.id)
                    AND NOT EXISTS (SELECT FROM queue.transition x WHERE x.task = t.id)
                ORDER BY t.id LIMIT $2
            )
            """;

    /** Rows of the tally that one statement sums up. */
    static final int SUMMED_AT_ONCE = 20_000;

    private static final String SUM_UP = "SELECT queue.sum_up($1) AS summed";

    private final Database database;

    /** In this database. */
    public Housekeeping(Database database) {
        this.database = database;
    }

    /** Makes the partitions that are needed from now on; answers for how many days. */
    public CompletionStage<Integer> ahead() {
        return database.run(AHEAD, Tuple.of(DAYS_AHEAD), _ -> DAYS_AHEAD);
    }

    /**
     * Sums up the tally, which every finishing statement appends to; answers how many rows it had. Often enough, reading
     * it stays cheap.
     */
    public CompletionStage<Long> sumUp() {
        return database.run(
                        SUM_UP,
                        Tuple.of(SUMMED_AT_ONCE),
                        rows -> rows.iterator().next().getLong("summed"))
                .thenCompose(summed -> summed < SUMMED_AT_ONCE
                        ? CompletableFuture.completedStage(summed)
                        : sumUp().thenApply(more -> summed + more));
    }

    /** One round; answers how many tasks were purged, so that the caller can go on while it is the full number. */
    public CompletionStage<Integer> round(Duration retention) {
        return ahead().thenCompose(_ -> database.run(DROP, Tuple.of(retention.toSeconds()), _ -> 0))
                .thenCompose(_ -> MinuteTable.purge(database))
                .thenCompose(_ ->
                        database.run(PURGE, Tuple.of(retention.toSeconds(), PURGED_AT_ONCE), rows -> rows.rowCount()));
    }
}

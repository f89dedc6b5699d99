package dev.homeroom.queue.postgres;

import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Keeps the tables in bounds: partitions ahead, old history and what belongs to it away. Harmless to run anywhere, twice. */
@ApplicationScoped
public class Housekeeping {
    /** Tasks that one statement looks at, and purges if their time has come. */
    static final int LOOKED_AT_ONCE = 2_000;

    private static final String DROP = "SELECT queue.drop_partitions(now() - $1 * interval '1 second') AS dropped";

    /**
     * Purges finished tasks whose history went with its partitions: until then a repeat of their idempotency key is
     * recognised. Goes through the old tasks by their ids, which begin with the time when they were made; most that it
     * meets it purges, for the others are those that are still unfinished or were finished late.
     */
    private static final String PURGE = """
            WITH old AS (
                SELECT t.id FROM queue.task t
                WHERE t.id > $1 AND t.created_at < now() - $2 * interval '1 second' AND t.id <
                    (lpad(to_hex(((extract(epoch FROM now()) - $2) * 1000)::bigint), 12, '0') || repeat('f', 20))::uuid
                ORDER BY t.id LIMIT $3
            ), gone AS (
                DELETE FROM queue.task t USING old
                WHERE t.id = old.id AND NOT EXISTS (SELECT FROM queue.task_state s WHERE s.id = t.id)
                    AND NOT EXISTS (SELECT FROM queue.transition x WHERE x.task = t.id)
                RETURNING t.id
            )
            SELECT (SELECT count(*) FROM old)::int AS seen, (SELECT count(*) FROM gone)::int AS purged,
                (SELECT id FROM old ORDER BY id DESC LIMIT 1) AS last
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
        return database.run(Partitions.AHEAD, Tuple.of(Partitions.DAYS_AHEAD), _ -> Partitions.DAYS_AHEAD);
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

    /**
     * What a round did.
     *
     * @param partitions days of history that were dropped
     * @param purged finished tasks that went with them
     */
    public record Kept(int partitions, int purged) {}

    /**
     * One round, in short statements until everything is done that is due. Of the two halves either is done even though
     * the other cannot be; the round fails then.
     */
    public CompletionStage<Kept> round(Duration retention) {
        var dropped = ahead().thenCompose(_ -> database.run(
                DROP,
                Tuple.of(retention.toSeconds()),
                rows -> rows.iterator().next().getInteger("dropped")));
        return dropped.handle((_, _) -> 0)
                .thenCompose(_ -> MinuteTable.purge(database))
                .thenCompose(_ -> purge(new UUID(0, 0), retention, 0))
                .thenCombine(dropped, (purged, partitions) -> new Kept(partitions, purged));
    }

    private CompletionStage<Integer> purge(UUID after, Duration retention, int before) {
        return database.run(
                        PURGE,
                        Tuple.of(after, retention.toSeconds(), LOOKED_AT_ONCE),
                        rows -> rows.iterator().next())
                .thenCompose(row -> {
                    int purged = before + row.getInteger("purged");
                    return row.getInteger("seen") < LOOKED_AT_ONCE
                            ? CompletableFuture.completedFuture(purged)
                            : purge(row.getUUID("last"), retention, purged);
                });
    }
}

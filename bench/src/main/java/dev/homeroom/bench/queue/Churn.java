package dev.homeroom.bench.queue;

import dev.homeroom.bench.report.Row;
import dev.homeroom.bench.server.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** An hour at 100 tasks a second, as fast as it goes, with a steady backlog: how large the hot table becomes. */
public final class Churn {
    /** Its name in the figures. */
    public static final String OPERATION = "churn";
    /** Tasks that wait all the time. */
    public static final int BACKLOG = 10_000;

    private static final int TASKS = 360_000;
    private static final int AT_ONCE = 8;
    private static final int BATCH = 100;
    private static final double MIB = 1024 * 1024;
    private static final long LOOK_NANOS = 250_000_000;

    private Churn() {}

    /** Runs on a queue that holds the backlog; ends earlier when the time is over. */
    public static Row run(TaskClient client, PostgresServer postgres, Duration limit) {
        AtomicLong left = new AtomicLong(TASKS);
        long start = System.nanoTime();
        List<CompletableFuture<?>> lanes = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            lanes.add(lane(client, i, left, start + limit.toNanos()).toCompletableFuture());
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(lanes.toArray(CompletableFuture[]::new));
        double most = 0;
        double last = 0;
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            while (!all.isDone()) {
                LockSupport.parkNanos(LOOK_NANOS);
                last = size(statement);
                most = Math.max(most, last);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        all.join();
        long tasks = TASKS - Math.max(0, left.get());
        Map<String, Object> extras = new LinkedHashMap<>();
        extras.put("level", "engine");
        extras.put("tasks", tasks);
        extras.put("backlog", BACKLOG);
        extras.put("hot_table_mib_most", most);
        extras.put("hot_table_mib_end", last);
        return new Row(
                EngineSystem.SYSTEM,
                OPERATION,
                AT_ONCE,
                1,
                tasks * 1e9 / (System.nanoTime() - start),
                null,
                null,
                extras);
    }

    private static CompletionStage<?> lane(TaskClient client, int session, AtomicLong left, long end) {
        if (System.nanoTime() - end > 0 || left.getAndAdd(-BATCH) <= 0) {
            return CompletableFuture.completedFuture(null);
        }
        return client.enqueue(BATCH)
                .thenCompose(ok -> client.claim(session, BATCH, Duration.ZERO))
                .thenCompose(works ->
                        works.isEmpty() ? CompletableFuture.completedFuture(null) : client.complete(session, works))
                .thenComposeAsync(ok -> lane(client, session, left, end));
    }

    private static double size(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT pg_total_relation_size('queue.task_state')")) {
            rows.next();
            return rows.getLong(1) / MIB;
        }
    }
}

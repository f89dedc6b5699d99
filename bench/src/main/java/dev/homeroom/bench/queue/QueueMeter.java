package dev.homeroom.bench.queue;

import dev.homeroom.bench.load.CpuMeter;
import dev.homeroom.bench.load.Meter;
import dev.homeroom.bench.server.HomeroomCluster;
import dev.homeroom.bench.server.PostgresServer;
import dev.homeroom.bench.server.QueueServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a load costs: processor time by part, WAL, commits and, if asked for, the statements. Not thread-safe. */
public final class QueueMeter implements Meter, AutoCloseable {
    /** Begins the names of processor times, in seconds. */
    static final String CPU = "cpu_";
    /** Bytes written to the WAL, by whomever. */
    static final String WAL = "wal_bytes";
    /** Transactions; ours and the references' are single statements. */
    static final String COMMITS = "commits";
    /** Begins the names of milliseconds inside PostgreSQL, by statement. */
    static final String SQL = "sql ";

    private static final String TOTALS = "SELECT pg_current_wal_lsn() - '0/0',"
            + " (SELECT xact_commit FROM pg_stat_database WHERE datname = current_database())";

    private static final String STATEMENTS = "SELECT left(regexp_replace(query, '\\s+', ' ', 'g'), 400), calls,"
            + " total_exec_time FROM pg_stat_statements WHERE total_exec_time > 10";

    private final PostgresServer postgres;
    private final HomeroomCluster coordinator;
    private final @Nullable QueueServer queue;
    private final boolean statements;
    private final Connection connection;

    /**
     * @param queue the service, where one runs
     * @param statements whether the server has {@code pg_stat_statements}
     */
    public QueueMeter(
            PostgresServer postgres, HomeroomCluster coordinator, @Nullable QueueServer queue, boolean statements) {
        this.postgres = postgres;
        this.coordinator = coordinator;
        this.queue = queue;
        this.statements = statements;
        this.connection = postgres.administrator();
    }

    @Override
    public Map<String, Double> read() {
        Map<String, Double> totals = new LinkedHashMap<>();
        totals.put(CPU + "postgres", seconds(postgres.pids()));
        totals.put(CPU + "coordinator", seconds(coordinator.pids()));
        if (queue != null) {
            totals.put(CPU + "queue", CpuMeter.secondsOf(queue.pid()));
        }
        totals.put(CPU + "client", CpuMeter.secondsOf(ProcessHandle.current().pid()));
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(TOTALS)) {
                rows.next();
                totals.put(WAL, rows.getDouble(1));
                totals.put(COMMITS, rows.getDouble(2));
            }
            if (statements) {
                try (ResultSet rows = statement.executeQuery(STATEMENTS)) {
                    while (rows.next()) {
                        String sql = rows.getString(1);
                        totals.merge(SQL + sql, rows.getDouble(3), Double::sum);
                        totals.merge(SQL + sql + " #calls", (double) rows.getLong(2), Double::sum);
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return totals;
    }

    private static double seconds(Iterable<Long> pids) {
        double sum = 0;
        for (long pid : pids) {
            sum += CpuMeter.secondsOf(pid);
        }
        return sum;
    }

    /** The fields of a figure: what was used for each task. */
    public static Map<String, Object> perTask(Map<String, Double> used, double tasks) {
        Map<String, Object> fields = new LinkedHashMap<>();
        used.forEach((name, total) -> {
            if (name.startsWith(CPU)) {
                fields.put("us_" + name.substring(CPU.length()), total * 1e6 / tasks);
            } else if (!name.startsWith(SQL)) {
                fields.put(name + "_per_task", total / tasks);
            }
        });
        used.entrySet().stream()
                .filter(entry ->
                        entry.getKey().startsWith(SQL) && !entry.getKey().endsWith(" #calls"))
                .filter(entry -> entry.getValue() > 20)
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .forEach(entry -> fields.put(
                        "us_" + entry.getKey(),
                        String.format(
                                java.util.Locale.ROOT,
                                "%.1f us, %.4f calls",
                                entry.getValue() * 1e3 / tasks,
                                used.getOrDefault(entry.getKey() + " #calls", 0.0) / tasks)));
        return fields;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

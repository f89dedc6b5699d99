package dev.homeroom.bench.metrics;

import dev.homeroom.bench.load.CpuMeter;
import dev.homeroom.bench.load.Meter;
import dev.homeroom.bench.server.KafkaServer;
import dev.homeroom.bench.server.MetricsServer;
import dev.homeroom.bench.server.PostgresServer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a load costs: processor time by part (database, broker, service where one runs, and the load itself), transactions and
 * WAL, and, if asked for, the statements.
 *
 * @param statements whether the server has {@code pg_stat_statements}
 */
public record MetricsMeter(
        PostgresServer postgres,
        KafkaServer kafka,
        @Nullable MetricsServer service,
        boolean statements) implements Meter {
    private static final double MICROS = 1e6;
    private static final String MICROS_OF = "us_";
    private static final String SQL = "sql ";
    private static final String CALLS = "calls ";
    private static final String ROWS = "rows ";

    private static final String TOTALS = """
            SELECT pg_current_wal_lsn() - '0/0',
                   (SELECT xact_commit FROM pg_stat_database WHERE datname = current_database())
            """;

    private static final String STATEMENTS = """
            SELECT left(regexp_replace(query, '\\s+', ' ', 'g'), 60), sum(total_exec_time), sum(calls), sum(rows)
            FROM pg_stat_statements WHERE total_exec_time > 10 GROUP BY 1
            """;

    @Override
    public Map<String, Double> read() {
        Map<String, Double> used = new LinkedHashMap<>();
        used.put(
                "us_postgres",
                postgres.pids().stream().mapToDouble(CpuMeter::secondsOf).sum());
        used.put("us_kafka", CpuMeter.secondsOf(kafka.pid()));
        if (service != null) {
            used.put("us_service", CpuMeter.secondsOf(service.pid()));
        }
        used.put("us_client", CpuMeter.secondsOf(ProcessHandle.current().pid()));
        readDatabase(used);
        return used;
    }

    private void readDatabase(Map<String, Double> used) {
        try (Connection connection = postgres.administrator();
                Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery(TOTALS)) {
                row.next();
                used.put("wal_bytes", row.getDouble(1));
                used.put("commits", row.getDouble(2));
            }
            if (statements) {
                try (ResultSet rows = statement.executeQuery(STATEMENTS)) {
                    while (rows.next()) {
                        used.put(SQL + rows.getString(1), rows.getDouble(2));
                        used.put(CALLS + rows.getString(1), rows.getDouble(3));
                        used.put(ROWS + rows.getString(1), rows.getDouble(4));
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The fields of a figure for each event: microseconds, WAL; and how many events a commit has. */
    static Map<String, Object> perEvent(Map<String, Double> used, double events) {
        double some = Math.max(1, events);
        Map<String, Object> fields = new LinkedHashMap<>();
        used.forEach((name, total) -> {
            if (name.startsWith(MICROS_OF)) {
                fields.put(name, total * MICROS / some);
            }
        });
        fields.put("wal_bytes", used.getOrDefault("wal_bytes", 0.0) / some);
        fields.put("events_a_commit", some / Math.max(1, used.getOrDefault("commits", 0.0)));
        used.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(SQL) && entry.getValue() * 1_000 > some / 10)
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .forEach(entry -> fields.put(entry.getKey(), statement(used, entry, some)));
        return fields;
    }

    private static String statement(Map<String, Double> used, Map.Entry<String, Double> millis, double events) {
        String sql = millis.getKey().substring(SQL.length());
        return String.format(
                Locale.ROOT,
                "%.2f us, %.4f rows an event, %.0f calls",
                millis.getValue() * 1_000 / events,
                used.getOrDefault(ROWS + sql, 0.0) / events,
                used.getOrDefault(CALLS + sql, 0.0));
    }
}

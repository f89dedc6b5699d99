package dev.homeroom.bench.metrics;

import dev.homeroom.bench.load.CpuMeter;
import dev.homeroom.bench.load.Meter;
import dev.homeroom.bench.server.KafkaServer;
import dev.homeroom.bench.server.MetricsServer;
import dev.homeroom.bench.server.PostgresServer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Processor time by part, in seconds: database, broker, service where one runs, and the load itself. */
public record MetricsMeter(
        PostgresServer postgres,
        KafkaServer kafka,
        @Nullable MetricsServer service) implements Meter {
    private static final double MICROS = 1e6;

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
        return used;
    }

    /** The fields of a figure: microseconds for each event. */
    static Map<String, Object> perEvent(Map<String, Double> used, double events) {
        Map<String, Object> fields = new LinkedHashMap<>();
        used.forEach((name, seconds) -> fields.put(name, seconds * MICROS / Math.max(1, events)));
        return fields;
    }
}

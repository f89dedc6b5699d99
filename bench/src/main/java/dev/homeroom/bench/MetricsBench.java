package dev.homeroom.bench;

import dev.homeroom.bench.metrics.BareInserts;
import dev.homeroom.bench.metrics.ClassroomQuery;
import dev.homeroom.bench.metrics.EdgeLoad;
import dev.homeroom.bench.metrics.EpisodeLatency;
import dev.homeroom.bench.metrics.Ingest;
import dev.homeroom.bench.metrics.MetricsMeter;
import dev.homeroom.bench.report.Report;
import dev.homeroom.bench.report.Row;
import dev.homeroom.bench.server.KafkaServer;
import dev.homeroom.bench.server.MetricsServer;
import dev.homeroom.bench.server.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** All figures of metrics-service, each behind a checkpoint. Not thread-safe. */
final class MetricsBench implements AutoCloseable {
    private static final int STUDENTS = 2_400;
    private static final int MANY_STUDENTS = 10_000;
    private static final String MANY = Ingest.OPERATION + " 10k students";
    private final Path home;
    private final Path data;
    private final Plan plan;
    private final Report report;
    private final PostgresServer postgres;
    private final KafkaServer kafka;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("pauses").factory());

    /**
     * What to do.
     *
     * @param time measured for each figure
     * @param only beginnings of operations; empty: all
     * @param firstLoad how long the service has a load before the first figure: a JVM that has just started is not what a
     *     service is, its compiler has to have seen the load
     * @param rows of the query
     * @param statements whether the database counts statements
     * @param jvm more options of the service's JVM
     */
    record Plan(Duration time, Duration firstLoad, Set<String> only, long rows, boolean statements, List<String> jvm) {
        boolean wants(String operation) {
            return only.isEmpty() || only.stream().anyMatch(operation::startsWith);
        }

        Duration warmUp() {
            return time.dividedBy(2);
        }
    }

    MetricsBench(Path home, Path data, Plan plan, Report report) {
        this.home = home;
        this.data = data;
        this.plan = plan;
        this.report = report;
        postgres = PostgresServer.start(data.resolve("postgres"), plan.statements());
        kafka = KafkaServer.start(data.resolve("kafka"));
    }

    void run() {
        boolean folds = plan.wants(Ingest.OPERATION)
                || plan.wants(MANY)
                || plan.wants(EpisodeLatency.OPERATION)
                || plan.wants(ClassroomQuery.OPERATION);
        if (folds) {
            try (MetricsServer service = start(plan.jvm(), Map.of())) {
                ingest(service);
                if (plan.wants(EpisodeLatency.OPERATION)) {
                    quiet();
                    report.add(new EpisodeLatency(service, kafka).run(plan.firstLoad(), plan.time()));
                }
                if (plan.wants(ClassroomQuery.OPERATION) && plan.rows() > 0) {
                    MetricsMeter meter = meter(service);
                    report.add(ClassroomQuery.run(
                            postgres, service, plan.rows(), meter, plan.warmUp(), plan.time(), timer));
                }
            }
        }
        if (plan.wants(EdgeLoad.OPERATION)) {
            try (MetricsServer service = start(plan.jvm(), Map.of("HOMEROOM_METRICS_FOLD_ENABLED", "false"))) {
                MetricsMeter meter = meter(service);
                report.add(EdgeLoad.run(service, meter, plan.firstLoad(), plan.time(), timer));
            }
        }
    }

    private void ingest(MetricsServer service) {
        if (plan.wants(Ingest.OPERATION)) {
            quiet();
            MetricsMeter meter = meter(null);
            report.add(BareInserts.run(postgres, meter, 2, plan.warmUp(), plan.time()));
        }
        Ingest ingest = new Ingest(postgres, kafka, service, meter(service));
        if (plan.wants(Ingest.OPERATION)) {
            quiet();
            report.add(ingest.run(Ingest.OPERATION, STUDENTS, plan.firstLoad(), plan.time()));
        }
        if (plan.wants(MANY)) {
            quiet();
            Row many = ingest.run(MANY, MANY_STUDENTS, plan.warmUp(), plan.time());
            report.add(many);
            report.add(new Row(
                    "homeroom",
                    "memory",
                    0,
                    1,
                    null,
                    null,
                    null,
                    Map.of("students", MANY_STUDENTS, "rss_mib", service.residentMib())));
        }
    }

    private MetricsMeter meter(@Nullable MetricsServer service) {
        return new MetricsMeter(postgres, kafka, service, plan.statements());
    }

    private MetricsServer start(List<String> jvm, Map<String, String> settings) {
        return MetricsServer.start(home, data, postgres, kafka, jvm, settings);
    }

    /** Every load begins with clean buffers: whose checkpoint falls into whose time is not left to chance. */
    private void quiet() {
        postgres.administer("CHECKPOINT");
    }

    @Override
    public void close() {
        kafka.close();
        postgres.close();
        timer.shutdownNow();
    }
}

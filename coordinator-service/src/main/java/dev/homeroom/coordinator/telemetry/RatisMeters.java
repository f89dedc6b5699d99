package dev.homeroom.coordinator.telemetry;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.apache.ratis.metrics.MetricRegistries;
import org.apache.ratis.metrics.MetricRegistryInfo;
import org.apache.ratis.metrics.RatisMetricRegistry;
import org.apache.ratis.metrics.impl.RatisMetricRegistryImpl;
import org.apache.ratis.thirdparty.com.codahale.metrics.Counting;
import org.apache.ratis.thirdparty.com.codahale.metrics.Metric;
import org.apache.ratis.thirdparty.com.codahale.metrics.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Those of Ratis' own figures that tell an operator something, under names of ours: a fixed list, whatever peers come and
 * go. Read when somebody scrapes; NaN or 0 while Ratis has none.
 */
@ApplicationScoped
public class RatisMeters {
    private static final String PREFIX = "homeroom.coordinator.raft.";
    private static final double NINETY_NINE = 0.99;
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    /** A figure: Ratis' component and name, our name, and what it means. */
    private record Figure(String component, String name, String ours, String description) {}

    private static final List<Figure> COUNTED = List.of(
            new Figure("leader_election", "electionCount", "elections", "Elections this replica stood for"),
            new Figure("leader_election", "timeoutCount", "election.timeouts", "Silences of a leader that led to one"),
            new Figure(
                    "leader_election",
                    "transferLeadershipCount",
                    "transfers",
                    "Leaderships handed over by this replica"),
            new Figure("log_worker", "flushCount", "log.flushes", "Flushes of the log to the disk"),
            new Figure("log_worker", "appendEntryCount", "log.entries", "Entries appended to the log"),
            new Figure(
                    "server", "numRequestQueueLimitHits", "refused", "Entries refused because too many were pending"));

    private static final List<Figure> TIMED = List.of(
            new Figure("leader_election", "electionTime", "election.time", "99th percentile of an election's duration"),
            new Figure("log_worker", "syncTime", "log.sync.time", "99th percentile of a flush to the disk"));

    private final MeterRegistry registry;

    /** Into this registry. */
    @Inject
    public RatisMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void register(@Observes StartupEvent event) {
        for (Figure figure : COUNTED) {
            FunctionCounter.builder(
                            PREFIX + figure.ours,
                            figure,
                            one -> find(one) instanceof Counting counting ? counting.getCount() : 0)
                    .description(figure.description)
                    .register(registry);
        }
        ToDoubleFunction<Figure> percentile = one -> find(one) instanceof Timer timer
                ? timer.getSnapshot().getValue(NINETY_NINE) / NANOS_PER_SECOND
                : Double.NaN;
        for (Figure figure : TIMED) {
            Gauge.builder(PREFIX + figure.ours, figure, percentile)
                    .description(figure.description)
                    .baseUnit("seconds")
                    .register(registry);
        }
    }

    private static @Nullable Metric find(Figure figure) {
        MetricRegistries all = MetricRegistries.global();
        for (MetricRegistryInfo info : all.getMetricRegistryInfos()) {
            RatisMetricRegistry found = all.get(info).orElse(null);
            if (info.getMetricsComponentName().equals(figure.component)
                    && found instanceof RatisMetricRegistryImpl ratis) {
                Metric metric = ratis.get(figure.name);
                if (metric != null) {
                    return metric;
                }
            }
        }
        return null;
    }
}

package dev.homeroom.queue.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.homeroom.queue.core.insight.Histogram;
import dev.homeroom.queue.core.insight.Stats;
import dev.homeroom.queue.core.insight.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Statistics in an answer; see {@link Stats}. {@code byStatus} has tasks that are over only when no type and no lesson was
 * asked for.
 */
public record StatsView(
        Instant at,
        Map<String, Long> byStatus,
        long due,
        @Nullable Instant oldestDue,
        @Nullable Long oldestDueAgeSeconds,
        Duration window,
        Instant from,
        Throughput throughput,
        Latency latency,
        Attempts attempts,
        List<Group> types,
        List<Group> lessons) {
    /** What happened within the window: how often, and how often a minute. */
    public record Throughput(Map<String, Long> total, Map<String, Double> perMinute) {
        static Throughput of(Tally tally, Duration window) {
            double minutes = Math.max(1, window.toMillis()) / 60_000.0;
            var total = new LinkedHashMap<String, Long>();
            var perMinute = new LinkedHashMap<String, Double>();
            for (var event : Tally.Event.values()) {
                total.put(event.word(), tally.of(event));
                perMinute.put(event.word(), rounded(tally.of(event) / minutes));
            }
            return new Throughput(total, perMinute);
        }
    }

    /** Percentiles in milliseconds; absent when there was nothing. */
    public record Percentiles(long count, double meanMs, long p50Ms, long p90Ms, long p95Ms, long p99Ms, long maxMs) {
        static @Nullable Percentiles of(Histogram times) {
            return times.total() == 0
                    ? null
                    : new Percentiles(
                            times.total(),
                            rounded(times.mean()),
                            times.percentile(0.5),
                            times.percentile(0.9),
                            times.percentile(0.95),
                            times.percentile(0.99),
                            times.percentile(1));
        }
    }

    /** From due to claimed, and from claimed to finished. */
    public record Latency(
            @JsonProperty("wait") @Nullable Percentiles waits,
            @Nullable Percentiles run) {
        static Latency of(Tally tally) {
            return new Latency(Percentiles.of(tally.waits()), Percentiles.of(tally.runs()));
        }
    }

    /** How many attempts tasks had when they were over. */
    public record Attempts(long tasks, double mean, Map<Long, Long> distribution) {
        static Attempts of(Tally tally) {
            var attempts = tally.attempts();
            return new Attempts(attempts.total(), rounded(attempts.mean()), attempts.byValue());
        }
    }

    /** Tasks of one type, or of one lesson. */
    public record Group(
            String name,
            long pending,
            long due,
            long claimed,
            @Nullable Instant oldestDue,
            @Nullable Long oldestDueAgeSeconds,
            Throughput throughput,
            Latency latency) {
        static Group of(Stats.Group group, Stats stats) {
            var depth = group.depth();
            return new Group(
                    group.name(),
                    depth.pending(),
                    depth.due(),
                    depth.claimed(),
                    depth.oldestDue(),
                    age(depth.oldestDue(), stats.at()),
                    Throughput.of(group.tally(), stats.window()),
                    Latency.of(group.tally()));
        }
    }

    static StatsView of(Stats stats) {
        var byStatus = new TreeMap<String, Long>();
        stats.ended().forEach((status, tasks) -> byStatus.put(status.word(), tasks));
        byStatus.put("pending", stats.depth().pending());
        byStatus.put("claimed", stats.depth().claimed());
        return new StatsView(
                stats.at(),
                byStatus,
                stats.depth().due(),
                stats.depth().oldestDue(),
                age(stats.depth().oldestDue(), stats.at()),
                Duration.ofSeconds(stats.window().toSeconds()),
                stats.from(),
                Throughput.of(stats.tally(), stats.window()),
                Latency.of(stats.tally()),
                Attempts.of(stats.tally()),
                stats.types().stream().map(group -> Group.of(group, stats)).toList(),
                stats.lessons().stream().map(group -> Group.of(group, stats)).toList());
    }

    private static @Nullable Long age(@Nullable Instant since, Instant at) {
        return since == null ? null : Duration.between(since, at).toSeconds();
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }
}

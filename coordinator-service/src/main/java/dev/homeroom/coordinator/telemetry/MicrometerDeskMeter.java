package dev.homeroom.coordinator.telemetry;

import dev.homeroom.coordinator.core.Kind;
import dev.homeroom.coordinator.core.Strategy;
import dev.homeroom.coordinator.desk.DeskMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** What came of acquiring, by kind and strategy, and how long it was waited for (requirement R-L8). */
@ApplicationScoped
public class MicrometerDeskMeter implements DeskMeter {
    private final MeterRegistry registry;
    private final Map<Acquired, Counter> acquired = new ConcurrentHashMap<>();
    private final Map<Outcome, Timer> waits = new ConcurrentHashMap<>();
    private final Counter retries;
    private final Counter refused;

    private record Acquired(Kind kind, Strategy strategy, Outcome outcome) {}

    /** Registers the meters. */
    @Inject
    public MicrometerDeskMeter(MeterRegistry registry) {
        this.registry = registry;
        this.retries = Counter.builder("homeroom.coordinator.acquire.retries")
                .description("Conflicts that this replica tried again for a client")
                .register(registry);
        this.refused = Counter.builder("homeroom.coordinator.callers.refused")
                .description("Requests refused because their caller had too many in flight")
                .register(registry);
    }

    @Override
    public void acquired(Kind kind, Strategy strategy, Outcome outcome) {
        acquired.computeIfAbsent(new Acquired(kind, strategy, outcome), this::counter)
                .increment();
    }

    private Counter counter(Acquired of) {
        return Counter.builder("homeroom.coordinator.acquire")
                .tag("kind", of.kind().label())
                .tag("strategy", word(of.strategy()))
                .tag("outcome", word(of.outcome()))
                .description("Attempts to acquire, by what came of them")
                .register(registry);
    }

    @Override
    public void waited(Outcome outcome, long millis) {
        waits.computeIfAbsent(
                        outcome,
                        one -> Timer.builder("homeroom.coordinator.acquire.wait")
                                .tag("outcome", word(one))
                                .description("How long clients waited, in the queue or between tries")
                                .publishPercentileHistogram()
                                .register(registry))
                .record(millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void retried() {
        retries.increment();
    }

    @Override
    public void refused() {
        refused.increment();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

package dev.homeroom.coordinator.telemetry;

import dev.homeroom.coordinator.core.Change;
import dev.homeroom.coordinator.core.Kind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Grants by how they began and ended (steals among them), and how long they were held (requirement R-L8). For one thread. */
final class ChangeMeters {
    /** Grants whose beginning is remembered; of those that lasted through more, the time is not measured. */
    private static final int REMEMBERED = 100_000;

    private final MeterRegistry registry;
    private final Map<Counted, Counter> counters = new LinkedHashMap<>();
    private final Map<Kind, Timer> holds = new LinkedHashMap<>();
    private final Map<Long, Long> begun = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Counted(String kind, String change) {}

    ChangeMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void count(Change change) {
        switch (change) {
            case Change.OfSession session ->
                add(
                        "session",
                        session.reason() == null
                                ? "registered"
                                : session.reason().label());
            case Change.OfGrant grant -> {
                add(
                        grant.kind().label(),
                        grant.reason() == null ? "granted" : grant.reason().label());
                hold(grant);
            }
        }
    }

    private void add(String kind, String change) {
        counters.computeIfAbsent(
                        new Counted(kind, change),
                        one -> Counter.builder("homeroom.coordinator.changes")
                                .tag("kind", one.kind())
                                .tag("change", one.change())
                                .description("Sessions and grants that began or ended, by how; counted by the leader")
                                .register(registry))
                .increment();
    }

    private void hold(Change.OfGrant grant) {
        if (grant.reason() == null) {
            begun.put(grant.token(), grant.wall());
            return;
        }
        Long since = begun.remove(grant.token());
        if (since != null) {
            holds.computeIfAbsent(
                            grant.kind(),
                            kind -> Timer.builder("homeroom.coordinator.hold")
                                    .tag("kind", kind.label())
                                    .description("How long grants were held; measured by the leader")
                                    .publishPercentileHistogram()
                                    .register(registry))
                    .record(Math.max(0, grant.wall() - since), TimeUnit.MILLISECONDS);
        }
    }
}

package dev.homeroom.queue.insight;

import dev.homeroom.queue.core.insight.MinuteBook;
import dev.homeroom.queue.core.insight.Seen;
import dev.homeroom.queue.core.insight.Tally;
import dev.homeroom.queue.core.insight.Watch;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Tells the registry what the statements did: {@code homeroom.queue.tasks} by event and type, {@code homeroom.queue.wait}
 * and {@code homeroom.queue.run} by type, {@code homeroom.queue.batch} by statement, {@code homeroom.queue.grants.refused}.
 * Bounded: the first {@value #MOST_TYPES} types have figures of their own, the others share those of {@code (other)}.
 */
public final class MeteredWatch implements Watch {
    /** How many types have figures of their own. */
    static final int MOST_TYPES = 50;

    private final MeterRegistry registry;
    private final Map<String, Meters> types = new ConcurrentHashMap<>();
    private final Map<String, DistributionSummary> batches = new ConcurrentHashMap<>();
    private final Counter refused;

    /** Registers there. */
    public MeteredWatch(MeterRegistry registry) {
        this.registry = registry;
        this.refused = Counter.builder("homeroom.queue.grants.refused")
                .description("Grants that the row of their task refused, and that went back")
                .register(registry);
    }

    @Override
    public void saw(List<? extends Seen> things) {
        for (var seen : things) {
            var meters = meters(seen.type());
            switch (seen) {
                case Seen.Enqueued _ -> meters.count(Tally.Event.ENQUEUED);
                case Seen.Claimed claimed -> {
                    meters.count(Tally.Event.CLAIMED);
                    meters.wait.record(Math.max(0, claimed.waitMillis()), TimeUnit.MILLISECONDS);
                }
                case Seen.Finished finished -> {
                    meters.count(finished.event());
                    if (finished.runMillis() >= 0) {
                        meters.run.record(finished.runMillis(), TimeUnit.MILLISECONDS);
                    }
                }
                case Seen.Lost _ -> meters.count(Tally.Event.LOST);
            }
        }
    }

    @Override
    public void batch(String statement, int items) {
        batches.computeIfAbsent(
                        statement,
                        name -> DistributionSummary.builder("homeroom.queue.batch")
                                .tag("statement", name)
                                .description("Items of one statement: single requests that came together")
                                .register(registry))
                .record(items);
    }

    @Override
    public void refused(int grants) {
        refused.increment(grants);
    }

    private Meters meters(String type) {
        var known = types.get(type);
        if (known != null) {
            return known;
        }
        String name = types.size() < MOST_TYPES ? type : MinuteBook.OTHER;
        return types.computeIfAbsent(name, one -> new Meters(registry, one));
    }

    private static final class Meters {
        private final Map<Tally.Event, Counter> counts = new EnumMap<>(Tally.Event.class);
        private final Timer wait;
        private final Timer run;

        Meters(MeterRegistry registry, String type) {
            for (var event : Tally.Event.values()) {
                counts.put(
                        event,
                        Counter.builder("homeroom.queue.tasks")
                                .tags("event", event.word(), "type", type)
                                .description("What happened to tasks")
                                .register(registry));
            }
            wait = Timer.builder("homeroom.queue.wait")
                    .tag("type", type)
                    .description("From due to claimed")
                    .register(registry);
            run = Timer.builder("homeroom.queue.run")
                    .tag("type", type)
                    .description("From claimed to finished")
                    .register(registry);
        }

        void count(Tally.Event event) {
            var counter = counts.get(event);
            if (counter != null) {
                counter.increment();
            }
        }
    }
}

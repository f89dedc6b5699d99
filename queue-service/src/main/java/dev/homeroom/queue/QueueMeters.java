package dev.homeroom.queue;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** What the queue tells of itself at {@code /q/metrics}. */
@ApplicationScoped
public class QueueMeters {
    void register(@Observes StartupEvent started, Parts parts, MeterRegistry registry) {
        FunctionCounter.builder("homeroom.queue.repairs", parts.repairs(), repairs -> repairs.rows())
                .tag("kind", "row")
                .description("Claimed rows without a grant that the sweep put back; none in a healthy system")
                .register(registry);
        FunctionCounter.builder("homeroom.queue.repairs", parts.repairs(), repairs -> repairs.grants())
                .tag("kind", "grant")
                .description("Grants without a claimed row that the sweep released; none in a healthy system")
                .register(registry);
        Gauge.builder("homeroom.queue.claims.waiting", parts.waiting(), waiting -> waiting.size())
                .description("Claims that wait for a task")
                .register(registry);
        Gauge.builder("homeroom.queue.releases.waiting", parts.releases(), releases -> releases.waiting())
                .description("Claims on their way back to the coordinator")
                .register(registry);
        Gauge.builder(
                        "homeroom.queue.limits.exhausted",
                        parts.finder(),
                        finder -> finder.exhausted().size())
                .description("Limit keys that had no free permit within the last second")
                .register(registry);
    }
}

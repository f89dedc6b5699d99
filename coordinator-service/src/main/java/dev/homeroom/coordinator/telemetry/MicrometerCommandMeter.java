package dev.homeroom.coordinator.telemetry;

import dev.homeroom.coordinator.CommandMeter;
import dev.homeroom.coordinator.core.Command;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Commands by kind, batches by size, and how long a commit takes. */
@ApplicationScoped
public class MicrometerCommandMeter implements CommandMeter {
    private final MeterRegistry registry;
    private final Map<Class<?>, Counter> commands = new ConcurrentHashMap<>();
    private final DistributionSummary sizes;
    private final DistributionSummary bytes;
    private final Timer commits;
    private final Counter lost;
    private final Counter refused;
    private final Counter leaders;

    /** Registers the meters. */
    @Inject
    public MicrometerCommandMeter(MeterRegistry registry) {
        this.registry = registry;
        this.sizes = DistributionSummary.builder("homeroom.coordinator.batch.commands")
                .description("Commands in a log entry")
                .register(registry);
        this.bytes = DistributionSummary.builder("homeroom.coordinator.batch.bytes")
                .baseUnit("bytes")
                .description("Size of a log entry")
                .register(registry);
        this.commits = Timer.builder("homeroom.coordinator.commit")
                .description("From appending a log entry to its answers")
                .publishPercentileHistogram()
                .register(registry);
        this.lost = Counter.builder("homeroom.coordinator.batch.lost")
                .description("Log entries without an answer: the leader changed, or it took too long")
                .register(registry);
        this.leaders = Counter.builder("homeroom.coordinator.leader.changes")
                .description("Changes of the leader, as this replica heard of them")
                .register(registry);
        this.refused = Counter.builder("homeroom.coordinator.commands.refused")
                .description("Commands refused because too many waited")
                .register(registry);
    }

    @Override
    public void submitted(Command command) {
        commands.computeIfAbsent(
                        command.getClass(),
                        kind -> Counter.builder("homeroom.coordinator.commands")
                                .tag("kind", kind.getSimpleName())
                                .description("Commands by kind, as the interfaces of this replica took them")
                                .register(registry))
                .increment();
    }

    @Override
    public void batch(int count, int size, long nanos, boolean committed) {
        sizes.record(count);
        bytes.record(size);
        commits.record(nanos, TimeUnit.NANOSECONDS);
        if (!committed) {
            lost.increment();
        }
    }

    @Override
    public void refused() {
        refused.increment();
    }

    @Override
    public void leaderChanged() {
        leaders.increment();
    }
}

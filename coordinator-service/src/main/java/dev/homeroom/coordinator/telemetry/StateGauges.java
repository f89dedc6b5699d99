package dev.homeroom.coordinator.telemetry;

import dev.homeroom.coordinator.Replica;
import dev.homeroom.coordinator.core.State;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.function.ToDoubleFunction;

/** What this replica's copy of the state holds; read when somebody scrapes. */
@ApplicationScoped
public class StateGauges {
    private final Replica replica;
    private final MeterRegistry registry;

    /** Of this replica. */
    @Inject
    public StateGauges(Replica replica, MeterRegistry registry) {
        this.replica = replica;
        this.registry = registry;
    }

    void register(@Observes StartupEvent event) {
        Gauge.builder("homeroom.coordinator.leader", replica, one -> one.leading() ? 1 : 0)
                .description("1 where the leader is")
                .register(registry);
        gauge("sessions", "Sessions that live", State::liveSessions);
        gauge("grants", "Grants that are held", State::grantCount);
        gauge("backlog", "Changes that wait for publication", State::backlogSize);
        gauge("log.index", "Log index of the last applied entry", State::index);
    }

    private void gauge(String name, String description, ToDoubleFunction<State> value) {
        Gauge.builder("homeroom.coordinator." + name, replica, one -> one.stale(value::applyAsDouble))
                .description(description)
                .register(registry);
    }
}

package dev.homeroom.coordinator.telemetry;

import dev.homeroom.coordinator.desk.FrontDesk;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.function.ToDoubleFunction;

/** What callers have under way at this replica. */
@ApplicationScoped
public class DeskGauges {
    private final FrontDesk desk;
    private final MeterRegistry registry;

    /** Of this replica. */
    @Inject
    public DeskGauges(FrontDesk desk, MeterRegistry registry) {
        this.desk = desk;
        this.registry = registry;
    }

    void register(@Observes StartupEvent event) {
        gauge("waiting", "Clients that wait for a resource, in the queue or between tries", FrontDesk::waiting);
        gauge("watching", "Streams of changes", FrontDesk::watching);
        gauge(
                "inflight",
                "Commands of callers in flight",
                one -> one.admission().inFlight());
    }

    private void gauge(String name, String description, ToDoubleFunction<FrontDesk> value) {
        Gauge.builder("homeroom.coordinator." + name, desk, value)
                .description(description)
                .register(registry);
    }
}

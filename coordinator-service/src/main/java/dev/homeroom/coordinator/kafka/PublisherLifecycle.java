package dev.homeroom.coordinator.kafka;

import dev.homeroom.coordinator.Replica;
import dev.homeroom.coordinator.core.State;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.health.api.Wellness;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import java.time.InstantSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.jspecify.annotations.Nullable;

/** Starts and stops the publisher, and says how it is; a broker that is away makes no replica unhealthy. */
@Wellness
@ApplicationScoped
public class PublisherLifecycle implements HealthCheck {
    private final Replica replica;
    private final Outlet outlet;
    private volatile @Nullable Publisher publisher;

    /** Publishes from this replica to these brokers. */
    @Inject
    public PublisherLifecycle(
            Replica replica,
            @ConfigProperty(name = "kafka.bootstrap.servers", defaultValue = "localhost:9092")
                    String bootstrapServers) {
        this.replica = replica;
        this.outlet = new Outlet(bootstrapServers, InstantSource.system());
    }

    void start(@Observes @Priority(Interceptor.Priority.APPLICATION) StartupEvent event) {
        publisher = new Publisher(replica, outlet);
    }

    void stop(@Observes @Priority(Interceptor.Priority.APPLICATION) ShutdownEvent event) {
        Publisher running = publisher;
        if (running != null) {
            running.close();
        }
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("kafka")
                .up()
                .withData("publishing", !outlet.failing())
                .withData("backlog", replica.<Integer>stale(State::backlogSize).longValue())
                .build();
    }
}

package dev.homeroom.metrics.kafka;

import dev.homeroom.platform.outbox.OutboxRelay;
import dev.homeroom.platform.outbox.OutboxTable;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Carries the changes of episodes that the fold wrote to Kafka. Of all replicas, one does it at a time. Thread-safe. */
@Singleton
public class EpisodeRelay {
    private final OutboxRelay relay;

    /** From this database to these brokers. */
    @Inject
    public EpisodeRelay(
            DataSource database,
            MeterRegistry meters,
            @ConfigProperty(name = "kafka.bootstrap.servers", defaultValue = "localhost:9092") String brokers) {
        relay = new OutboxRelay(
                OutboxTable.standard("metrics", "outbox", "/metrics"), database::getConnection, brokers, meters);
    }

    void start(@Observes StartupEvent event) {
        relay.start();
    }

    void stop(@Observes ShutdownEvent event) {
        relay.close();
    }

    /** There is something to carry. */
    void wake() {
        relay.wake();
    }
}

package dev.homeroom.queue.kafka;

import dev.homeroom.platform.event.DeadLetters;
import dev.homeroom.platform.outbox.OutboxRelay;
import dev.homeroom.queue.QueueSettings;
import dev.homeroom.queue.repair.GrantEnds;
import io.agroal.api.AgroalDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Starts and stops what is linked to Kafka; the service does its work without it, too. */
@ApplicationScoped
public class KafkaLinks {
    private final GrantConsumer grants;
    private final OutboxRelay relay;

    /** On these brokers. */
    public KafkaLinks(
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
            QueueSettings settings,
            GrantEnds ends,
            DeadLetters deadLetters,
            AgroalDataSource database,
            MeterRegistry registry) {
        grants = new GrantConsumer(bootstrapServers, settings.consumerGroup(), ends, deadLetters);
        relay = new OutboxRelay(TransitionRows.table(), database::getConnection, bootstrapServers, registry);
    }

    void start(@Observes StartupEvent started) {
        grants.start();
        relay.start();
    }

    void stop(@Observes ShutdownEvent stopped) {
        grants.close();
        relay.close();
    }
}

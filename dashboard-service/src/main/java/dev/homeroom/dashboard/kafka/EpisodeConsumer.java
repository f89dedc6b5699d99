package dev.homeroom.dashboard.kafka;

import dev.homeroom.contracts.event.Topics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Reads {@code homeroom.frustration.v1}. */
@ApplicationScoped
public class EpisodeConsumer {
    /** The consumer group: its replicas share the partitions, and with them the classrooms. */
    public static final String GROUP = "homeroom-dashboard";

    private final TopicReader reader;

    /** Takes who takes the episodes, and where the broker is. */
    EpisodeConsumer(EpisodeIntake intake, @ConfigProperty(name = "kafka.bootstrap.servers") String brokers) {
        reader = new TopicReader(Topics.FRUSTRATION, GROUP, brokers, intake::take);
    }

    void start(@Observes StartupEvent event) {
        reader.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        reader.stop();
    }
}

package dev.homeroom.dashboard.kafka;

import dev.homeroom.contracts.event.Topics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Reads {@code homeroom.students.v1}, apart from episodes: an erasure that waits holds up no alert. */
@ApplicationScoped
public class ErasureConsumer {
    /** The consumer group: its replicas share the partitions, and with them the students. */
    public static final String GROUP = "homeroom-dashboard-students";

    private final TopicReader reader;

    /** Takes who forgets the students, and where the broker is. */
    ErasureConsumer(ErasureIntake intake, @ConfigProperty(name = "kafka.bootstrap.servers") String brokers) {
        reader = new TopicReader(Topics.STUDENTS, GROUP, brokers, intake::take);
    }

    void start(@Observes StartupEvent event) {
        reader.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        reader.stop();
    }
}

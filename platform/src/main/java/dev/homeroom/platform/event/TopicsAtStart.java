package dev.homeroom.platform.event;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Sees to it that the topics exist before this service reads or writes them: a topic that a broker makes by itself would
 * have the wrong number of partitions. Where brokers cannot be reached the service starts all the same, and this goes on
 * trying beside it.
 */
@ApplicationScoped
public class TopicsAtStart {
    private static final Logger LOG = Logger.getLogger(TopicsAtStart.class);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final long PAUSE_SECONDS = 2;

    private final Optional<TopicCreator> creator;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /**
     * @param bootstrapServers the brokers; without them nothing is made
     * @param create whether this service makes topics at all
     * @param replication copies of each partition
     */
    @Inject
    public TopicsAtStart(
            @ConfigProperty(name = "kafka.bootstrap.servers") Optional<String> bootstrapServers,
            @ConfigProperty(name = "homeroom.topics.create", defaultValue = "true") boolean create,
            @ConfigProperty(name = "homeroom.topics.replication", defaultValue = "1") int replication) {
        this.creator = bootstrapServers.filter(_ -> create).map(servers -> new TopicCreator(servers, replication));
    }

    /** Early: before consumers and publishers start. */
    void start(@Observes @Priority(100) StartupEvent event) {
        creator.ifPresent(topics -> {
            if (!attempt(topics)) {
                Thread.ofVirtual().name("topics").start(() -> keepTrying(topics));
            }
        });
    }

    void stop(@Observes ShutdownEvent event) {
        stopped.countDown();
    }

    private void keepTrying(TopicCreator topics) {
        try {
            while (!stopped.await(PAUSE_SECONDS, TimeUnit.SECONDS) && !attempt(topics)) {
                LOG.debug("Topics not made yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean attempt(TopicCreator topics) {
        try {
            topics.createAll(LIMIT);
            return true;
        } catch (RuntimeException e) {
            LOG.warnf("Topics cannot be made yet: %s", e.getMessage());
            return false;
        }
    }
}

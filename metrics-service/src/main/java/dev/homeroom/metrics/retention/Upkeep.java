package dev.homeroom.metrics.retention;

import dev.homeroom.metrics.StoreUnavailableException;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import org.jboss.logging.Logger;

/** Removes what is too old, from time to time. Harmless in several replicas at once. */
@ApplicationScoped
public class Upkeep {
    private static final Logger LOG = Logger.getLogger(Upkeep.class);

    private final Retention retention;
    private final Clock clock;

    /** Takes what removes, and the time. */
    Upkeep(Retention retention, Clock clock) {
        this.retention = retention;
        this.clock = clock;
    }

    @Scheduled(
            every = "${homeroom.metrics.retention.every:PT1H}",
            delayed = "PT10M",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void removeOld() {
        try {
            Retention.Removed removed = retention.round(clock.instant());
            if (!removed.nothing()) {
                LOG.infof(
                        "Removed what was too old: %d weeks of events, %d rows of students, %d rollups",
                        removed.eventParts(), removed.studentRows(), removed.rollups());
            }
        } catch (StoreUnavailableException e) {
            LOG.warnf("%s; it is tried again later", e.getMessage());
        }
    }
}

package dev.homeroom.metrics.erasure;

import dev.homeroom.metrics.StoreUnavailableException;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import org.jboss.logging.Logger;

/** Forgets students: decides at once, deletes soon after, and again until it is done. Safe for several threads. */
@ApplicationScoped
public class Eraser {
    private static final Logger LOG = Logger.getLogger(Eraser.class);

    private final Erasures erasures;
    private final Clock clock;

    /** Takes where they are forgotten, and the time. */
    Eraser(Erasures erasures, Clock clock) {
        this.erasures = erasures;
        this.clock = clock;
    }

    /**
     * Forgets a student; their rows are gone soon after.
     *
     * @throws StoreUnavailableException when it could not be decided; nothing happened then
     */
    public void erase(String student) {
        erasures.decide(student, clock.instant());
    }

    /** With another secret the service does not start: it would take what it promised not to take. */
    void start(@Observes StartupEvent event) {
        erasures.confirmKey();
    }

    @Scheduled(
            every = "${homeroom.metrics.erasure.every:PT5S}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void deleteRows() {
        try {
            long rows = erasures.deleteRows();
            if (rows > 0) {
                LOG.infof("Deleted %d rows about students who are to be forgotten", rows);
            }
        } catch (StoreUnavailableException e) {
            LOG.warnf("%s; it is tried again", e.getMessage());
        }
    }
}

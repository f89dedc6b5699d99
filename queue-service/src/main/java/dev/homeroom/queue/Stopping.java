package dev.homeroom.queue;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/** A replica that stops in order: claims that wait are answered at once, and what was finished is given back. */
@ApplicationScoped
public class Stopping {
    private static final Logger LOG = Logger.getLogger(Stopping.class);
    /** A change of the coordinator's leader takes less; what is left is found by the sweep. */
    private static final Duration RELEASES = Duration.ofSeconds(3);

    private final Parts parts;

    /** Of these parts. */
    public Stopping(Parts parts) {
        this.parts = parts;
    }

    /** Before the server waits for the requests that are under way: some wait for a minute. */
    void begin(@Observes ShutdownDelayInitiatedEvent event) {
        parts.waiting().close();
    }

    /** After the last request was answered. */
    void end(@Observes ShutdownEvent event) throws InterruptedException {
        if (!parts.releases().awaitEmpty(RELEASES)) {
            LOG.infof("%d claims are left to the sweep", parts.releases().waiting());
        }
    }
}

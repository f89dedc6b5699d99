package dev.homeroom.coordinator;

import io.quarkus.runtime.LaunchMode;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Ends the process at once, with exit code 1. Not in order: what is committed is on the disk already, and a replica whose
 * log has failed must not go on to vote, hand over or answer while it closes one part after the other.
 */
@ApplicationScoped
public class Shutdown implements Fatal {
    private static final Logger LOG = Logger.getLogger(Shutdown.class);

    @Override
    public void stop(String reason, Throwable cause) {
        LOG.errorf(cause, "This replica stops: %s", reason);
        if (LaunchMode.current() == LaunchMode.NORMAL) {
            Runtime.getRuntime().halt(1);
        }
    }
}

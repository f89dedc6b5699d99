package dev.homeroom.coordinator;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Ends the process with exit code 1: in order if it can, by force if it lingers. */
@ApplicationScoped
public class Shutdown implements Fatal {
    /** Threads of libraries may keep the process alive; what is committed is on the disk already. */
    private static final long LINGER_SECONDS = 5;

    private static final Logger LOG = Logger.getLogger(Shutdown.class);

    private final AtomicBoolean stopping = new AtomicBoolean();

    @Override
    public void stop(String reason, Throwable cause) {
        LOG.errorf(cause, "This replica stops: %s", reason);
        if (LaunchMode.current() != LaunchMode.NORMAL || !stopping.compareAndSet(false, true)) {
            return;
        }
        CompletableFuture.delayedExecutor(LINGER_SECONDS, TimeUnit.SECONDS)
                .execute(() -> Runtime.getRuntime().halt(1));
        Quarkus.asyncExit(1);
    }
}

package dev.homeroom.queue;

import dev.homeroom.queue.insight.StatsDesk;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Writes this replica's statistics every ten seconds, and once more when it stops in order. */
@ApplicationScoped
public class MinuteFlush {
    private static final Logger LOG = Logger.getLogger(MinuteFlush.class);
    private static final long STOP_SECONDS = 2;

    private final StatsDesk desk;

    /** Of this desk. */
    public MinuteFlush(StatsDesk desk) {
        this.desk = desk;
    }

    @Scheduled(every = "PT10S", delayed = "PT10S", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void flush() {
        var _ = desk.flush().exceptionally(failure -> {
            LOG.debugf("Statistics wait for the database: %s", failure.getMessage());
            return null;
        });
    }

    void stop(@Observes ShutdownEvent stopped) {
        var _ = desk.flush()
                .toCompletableFuture()
                .orTimeout(STOP_SECONDS, TimeUnit.SECONDS)
                .handle((_, failure) -> failure == null)
                .join();
    }
}

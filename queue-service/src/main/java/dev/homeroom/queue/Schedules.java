package dev.homeroom.queue;

import dev.homeroom.queue.lesson.WeightTable;
import dev.homeroom.queue.postgres.Housekeeping;
import dev.homeroom.queue.upkeep.Deadlines;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** What the queue does by itself, and how often. A round that fails is logged, and made again at its next time. */
@ApplicationScoped
public class Schedules {
    private static final Logger LOG = Logger.getLogger(Schedules.class);

    /** What no event of this replica tells, such as a task that becomes due, is noticed within this time. */
    private static final long LOOK_MILLIS = 100;

    private static final long ROUND_SECONDS = 60;

    private final Parts parts;
    private final WeightTable weights;
    private final Housekeeping housekeeping;
    private final Deadlines deadlines;
    private final QueueSettings settings;

    /** Of these parts. */
    public Schedules(
            Parts parts, WeightTable weights, Housekeeping housekeeping, Deadlines deadlines, QueueSettings settings) {
        this.parts = parts;
        this.weights = weights;
        this.housekeeping = housekeeping;
        this.deadlines = deadlines;
        this.settings = settings;
    }

    void start(@Observes StartupEvent started, Vertx vertx) {
        parts.floor().raise();
        vertx.setPeriodic(LOOK_MILLIS, _ -> parts.waiting().tick());
        housekeeping.ahead().toCompletableFuture().join();
    }

    @Scheduled(
            every = "${homeroom.queue.sweep-interval:PT10S}",
            delayed = "${homeroom.queue.sweep-interval:PT10S}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void sweep() throws InterruptedException, TimeoutException {
        await("sweep", parts.sweep().run().toCompletableFuture());
    }

    /** What another replica changed of the weights of lessons counts here after this time. */
    @Scheduled(every = "PT3S", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void readWeights() throws InterruptedException, TimeoutException {
        await("reading of weights", weights.refresh().toCompletableFuture());
    }

    @Scheduled(every = "PT10S", delayed = "PT10S", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void sumUp() throws InterruptedException, TimeoutException {
        await("summing up", housekeeping.sumUp().toCompletableFuture());
    }

    @Scheduled(every = "PT1S", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void endWhatIsLate() throws InterruptedException, TimeoutException {
        await("round of deadlines", deadlines.round().toCompletableFuture());
    }

    @Scheduled(every = "PT1H", delayed = "PT1M", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void keepHouse() throws InterruptedException, TimeoutException {
        await(
                "housekeeping",
                housekeeping
                        .round(settings.historyRetention())
                        .thenAccept(kept -> LOG.infof(
                                "%d days of history dropped, %d tasks purged", kept.partitions(), kept.purged()))
                        .toCompletableFuture());
    }

    private static <T> void await(String what, java.util.concurrent.CompletableFuture<T> round)
            throws InterruptedException, TimeoutException {
        try {
            round.get(ROUND_SECONDS, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException | CompletionException e) {
            LOG.warnf("The %s was not completed: %s", what, e.getCause());
        }
    }
}

package dev.homeroom.coordinator.kafka;

import dev.homeroom.coordinator.Replica;
import dev.homeroom.coordinator.Unanswered;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Cursor;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/**
 * While this replica leads: reads the backlog through the log (so only the true leader gets it), sends it in order, and
 * commits the cursor once the brokers have all of it. Whatever goes wrong in between is sent again with the same ids. No
 * broker: the coordinator goes on, and the core bounds the backlog.
 */
final class Publisher implements AutoCloseable {
    /** Changes in a round; the cursor is committed once a round. */
    private static final int ROUND = 1_000;

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
    private static final long ANSWER_SECONDS = 10;
    private static final Logger LOG = Logger.getLogger(Publisher.class);

    private final Replica replica;
    private final Outlet outlet;
    private final Semaphore signal = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    /** From this replica to this outlet, which it closes. */
    Publisher(Replica replica, Outlet outlet) {
        this.replica = replica;
        this.outlet = outlet;
        replica.onApplied(this::wake);
        this.thread = Thread.ofPlatform().daemon().name("publisher").start(this::run);
    }

    /** Whether the brokers could not be reached lately. */
    boolean failing() {
        return outlet.failing();
    }

    private void wake() {
        if (signal.availablePermits() == 0) {
            signal.release();
        }
    }

    private void run() {
        Duration pause = SHORTEST_PAUSE;
        while (!closed) {
            try {
                if (signal.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                    signal.drainPermits();
                }
                while (goingOn() && waiting() && round()) {
                    pause = SHORTEST_PAUSE;
                }
            } catch (InterruptedException e) {
                break;
            } catch (Unanswered e) {
                LOG.debugf("The backlog was not read or trimmed: %s", e.getMessage());
            } catch (KafkaException | ExecutionException | TimeoutException e) {
                LOG.warnf("Events cannot be published; trying again in %d ms: %s", pause.toMillis(), e);
                outlet.reset();
                pause = pausedFor(pause);
            } catch (RuntimeException e) {
                // Whatever it is, the leader must not fall silent for good.
                LOG.errorf(e, "Events cannot be published; trying again in %d ms", pause.toMillis());
                outlet.reset();
                pause = pausedFor(pause);
            }
        }
        outlet.close();
    }

    private boolean goingOn() {
        return !closed && replica.leading();
    }

    private boolean waiting() {
        return replica.stale(state -> state.backlogSize() > 0 || state.gap() != null);
    }

    /** Publishes what waits; false when there was nothing or the leadership is gone. */
    private boolean round() throws InterruptedException, ExecutionException, TimeoutException {
        if (!(answer(new Command.ReadBacklog(Cursor.START, ROUND)) instanceof Answer.Backlog backlog)) {
            return false;
        }
        Cursor last =
                backlog.changes().isEmpty() ? null : backlog.changes().getLast().at();
        if (last == null && backlog.gap() != null) {
            last = backlog.gap().to();
        }
        if (last == null || !outlet.send(backlog, epoch(), this::goingOn)) {
            return false;
        }
        answer(new Command.CommitCursor(last));
        return true;
    }

    private String epoch() {
        return Long.toString(replica.<Long>stale(state -> state.head().epoch()), Character.MAX_RADIX);
    }

    private Answer answer(Command command) throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return replica.submit(command).toCompletableFuture().get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Unanswered unanswered) {
                throw unanswered;
            }
            throw e;
        }
    }

    /** Waits, and gives the next pause. New changes do not shorten it, closing does. */
    private Duration pausedFor(Duration pause) {
        long until = System.nanoTime() + pause.toNanos();
        try {
            for (long left = pause.toNanos(); left > 0 && !closed; left = until - System.nanoTime()) {
                if (signal.tryAcquire(left, TimeUnit.NANOSECONDS)) {
                    signal.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            closed = true;
        }
        Duration longer = pause.multipliedBy(2);
        return longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

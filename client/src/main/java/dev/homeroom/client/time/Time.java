package dev.homeroom.client.time;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;

/**
 * The clock, the alarms and the waiting of this client, as one seam: {@link #system()} in programs, {@link SettableTime} in
 * tests. Implementations are thread-safe.
 */
public interface Time {
    /**
     * The monotonic clock, in nanoseconds from an arbitrary start: compare by difference only. It does not count the time a
     * suspended machine sleeps; the coordinator's fencing tokens cover that.
     */
    long nanos();

    /** The wall clock, for what other machines and people read; nothing is decided by it. */
    Instant instant();

    /** Runs the task once after the delay, on a thread of its own; a delay of zero or less is "now". */
    Alarm after(Duration delay, Runnable task);

    /**
     * Waits for the signal, at most so long.
     *
     * @return whether the signal came
     */
    boolean await(CountDownLatch signal, Duration atMost) throws InterruptedException;

    /** Waits until the time has passed. */
    default void pause(Duration length) throws InterruptedException {
        await(new CountDownLatch(1), length);
    }

    /** Real time. */
    static Time system() {
        return SystemTime.INSTANCE;
    }

    /** A task that waits for its time. */
    interface Alarm {
        /** Keeps the task from starting; one that has started goes on. */
        void cancel();
    }
}

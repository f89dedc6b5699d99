package dev.homeroom.coordinator.raft;

import dev.homeroom.coordinator.core.Batch;
import dev.homeroom.coordinator.core.Command;
import java.util.List;
import java.util.function.LongSupplier;

/** The leader's real stamping of batches, for tests that bring their own clocks. */
public final class LeaderTime {
    private final Stamp stamp;

    /** From a monotonic clock in nanoseconds and a wall clock in milliseconds. */
    public LeaderTime(LongSupplier nanoTime, LongSupplier wallMillis) {
        this.stamp = new Stamp(nanoTime, wallMillis);
    }

    /** A batch of a term, stamped. */
    public Batch batch(long term, List<Command> commands) {
        Stamp.Times times = stamp.next(term);
        return new Batch(term, times.elapsedNanos(), times.wallMillis(), commands);
    }
}

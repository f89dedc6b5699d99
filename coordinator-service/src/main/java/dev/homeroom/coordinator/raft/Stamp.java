package dev.homeroom.coordinator.raft;

import dev.homeroom.coordinator.core.Bounds;
import java.util.function.LongSupplier;

/**
 * Times of batches as the leader stamps them: how much time passed since its previous batch, on its monotonic clock. The
 * first batch of a term adds nothing, and no batch adds more than the core takes, so outages, pauses and clock steps
 * never expire anything. For one thread.
 */
final class Stamp {
    private final LongSupplier nanoTime;
    private final LongSupplier wallMillis;
    private long term;
    private long previous;

    Stamp(LongSupplier nanoTime, LongSupplier wallMillis) {
        this.nanoTime = nanoTime;
        this.wallMillis = wallMillis;
    }

    /** The stamp of the next batch of a term. */
    Times next(long currentTerm) {
        long now = nanoTime.getAsLong();
        long elapsed = term == currentTerm ? Math.clamp(now - previous, 0, Bounds.STEP_NANOS) : 0;
        term = currentTerm;
        previous = now;
        return new Times(elapsed, wallMillis.getAsLong());
    }

    /**
     * What a batch says of time.
     *
     * @param elapsedNanos monotonic time since the previous batch
     * @param wallMillis wall clock, for display
     */
    record Times(long elapsedNanos, long wallMillis) {
        /** The stamp of a batch that is sent together with this one, after it. */
        Times later() {
            return new Times(0, wallMillis);
        }
    }
}

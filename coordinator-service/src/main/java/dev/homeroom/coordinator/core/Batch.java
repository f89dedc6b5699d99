package dev.homeroom.coordinator.core;

import java.util.List;

/**
 * One log entry: commands the leader gathered.
 *
 * @param term the leader's term when it made the batch
 * @param elapsedNanos the leader's monotonic time since its previous batch; apply clamps it to 0..1 s and takes 0 for
 *     the first batch of a term
 * @param wallMillis the leader's wall clock, for display only; apply never lets it go back
 * @param commands in order
 */
public record Batch(long term, long elapsedNanos, long wallMillis, List<Command> commands) {
    /** Copies the list. */
    public Batch {
        commands = List.copyOf(commands);
    }
}

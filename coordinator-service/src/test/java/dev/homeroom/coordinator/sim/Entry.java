package dev.homeroom.coordinator.sim;

import dev.homeroom.coordinator.core.Batch;
import org.jspecify.annotations.Nullable;

/**
 * A log entry.
 *
 * @param batch null: the first entry of a leader, which only commits what is before it
 * @param stampedAt true time at which the leader stamped it; nobody but invariants may know
 */
record Entry(long index, long term, @Nullable Batch batch, long stampedAt) {}

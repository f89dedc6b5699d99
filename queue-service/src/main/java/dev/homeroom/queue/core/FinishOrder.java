package dev.homeroom.queue.core;

/**
 * A finish that is asked for.
 *
 * @param hold the claim in whose name
 * @param outcome how it finishes
 * @param spread where in the jittered part of the backoff a retry falls, 0 to 1
 */
public record FinishOrder(Hold hold, Outcome outcome, double spread) {}

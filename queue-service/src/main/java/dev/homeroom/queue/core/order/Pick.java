package dev.homeroom.queue.core.order;

/**
 * A range to read from its beginning.
 *
 * @param range which
 * @param most so many tasks at most
 */
public record Pick(Range range, int most) {}

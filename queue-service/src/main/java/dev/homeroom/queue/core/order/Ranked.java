package dev.homeroom.queue.core.order;

/**
 * A range at a moment.
 *
 * @param stand the range
 * @param level of its oldest task
 * @param start where the next task of its lesson starts in virtual time
 * @param due of its oldest task
 * @param stamp of this knowledge
 * @param depth how many tasks it seems to have
 */
record Ranked(Stand stand, int level, double start, long due, long stamp, int depth) {}

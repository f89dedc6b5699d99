package dev.homeroom.queue.core.order;

/**
 * The pending tasks of one lane and priority: one stretch of the index, oldest first.
 *
 * @param lane see {@link Lane#id()}
 * @param priority as enqueued, 0 to 9
 */
public record Range(long lane, int priority) implements Comparable<Range> {
    /** Before every other. */
    public static final Range START = new Range(Long.MIN_VALUE, -1);

    @Override
    public int compareTo(Range other) {
        int byLane = Long.compare(lane, other.lane);
        return byLane != 0 ? byLane : Integer.compare(priority, other.priority);
    }
}

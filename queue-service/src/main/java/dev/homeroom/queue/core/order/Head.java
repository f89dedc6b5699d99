package dev.homeroom.queue.core.order;

import java.time.Instant;

/**
 * The oldest task of a range, as the database has it.
 *
 * @param lane the lane
 * @param priority the priority
 * @param due when that task became or becomes due
 */
public record Head(Lane lane, int priority, Instant due) {
    /** Its range. */
    public Range range() {
        return new Range(lane.id(), priority);
    }
}

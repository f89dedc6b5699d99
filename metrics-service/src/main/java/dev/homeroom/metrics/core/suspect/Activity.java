package dev.homeroom.metrics.core.suspect;

import java.time.Instant;

/** Who was at an element: what the number of students in trouble is compared with. */
@FunctionalInterface
public interface Activity {
    /**
     * Whether more than {@code most} different students had an event about the element.
     *
     * @param most not negative
     * @param from event time, inclusive
     * @param to event time, exclusive
     */
    boolean moreThan(int most, Instant from, Instant to);
}

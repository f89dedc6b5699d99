package dev.homeroom.queue.core.insight;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many unfinished tasks stand where.
 *
 * @param at the database's time
 * @param rows one for each state, type and lesson that has tasks
 */
public record Depths(Instant at, List<Depth> rows) {
    /**
     * Tasks of one state, type and lesson.
     *
     * @param claimed whether they are claimed; else they are pending
     * @param tasks how many
     * @param due how many of the pending ones can be claimed now
     * @param oldestDue since when the oldest of these waits
     */
    public record Depth(
            boolean claimed,
            String type,
            @Nullable String lesson,
            long tasks,
            long due,
            @Nullable Instant oldestDue) {}
}

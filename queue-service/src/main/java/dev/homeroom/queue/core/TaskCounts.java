package dev.homeroom.queue.core;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many tasks there are.
 *
 * @param byStatus tasks now pending and claimed, and tasks that ever ended in each other status
 * @param due how many of the pending ones can be claimed now
 * @param oldestDue since when the oldest of these waits
 */
public record TaskCounts(
        Map<TaskStatus, Long> byStatus, long due, @Nullable Instant oldestDue) {}

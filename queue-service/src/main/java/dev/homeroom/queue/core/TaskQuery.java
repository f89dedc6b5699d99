package dev.homeroom.queue.core;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page of tasks, newest first.
 *
 * @param filter which ones
 * @param after where the previous page ended
 * @param limit at most so many
 */
public record TaskQuery(TaskFilter filter, @Nullable UUID after, int limit) {}

package dev.homeroom.queue.core;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page of tasks, newest first.
 *
 * @param status only tasks in this status
 * @param type only tasks of this type
 * @param lesson only tasks of this lesson
 * @param session only tasks that this session holds
 * @param after the last task of the previous page
 * @param limit at most so many
 */
public record TaskQuery(
        @Nullable TaskStatus status,
        @Nullable String type,
        @Nullable String lesson,
        @Nullable String session,
        @Nullable UUID after,
        int limit) {}

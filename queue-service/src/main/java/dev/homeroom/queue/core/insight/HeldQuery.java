package dev.homeroom.queue.core.insight;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which claimed tasks.
 *
 * @param task only this one
 * @param type only tasks of this type
 * @param lesson only tasks of this lesson
 * @param session only tasks that this session holds
 * @param limitKey only tasks that have a permit of this limit
 * @param limit at most so many
 */
public record HeldQuery(
        @Nullable UUID task,
        @Nullable String type,
        @Nullable String lesson,
        @Nullable String session,
        @Nullable String limitKey,
        int limit) {
    /** This task, if it is claimed. */
    public static HeldQuery of(UUID task) {
        return new HeldQuery(task, null, null, null, null, 1);
    }

    /** Tasks that have a permit of this limit. */
    public static HeldQuery ofLimit(String key, int limit) {
        return new HeldQuery(null, null, null, null, key, limit);
    }
}

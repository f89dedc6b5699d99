package dev.homeroom.queue.core;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks a list is about: those for which everything holds that is given.
 *
 * @param statuses in one of these; empty: in any
 * @param type of this type
 * @param lesson of this lesson
 * @param objective of a lesson with this learning objective
 * @param session held by this session now
 * @param priority of this priority, 0 to 9
 * @param resolver with this hint
 * @param key the hash of its idempotency key
 * @param limitKey needs a permit of this limit
 * @param createdAfter enqueued at or after this
 * @param createdBefore enqueued before this
 * @param text somewhere in the type or in the last error, in capital or small letters
 */
public record TaskFilter(
        Set<TaskStatus> statuses,
        @Nullable String type,
        @Nullable String lesson,
        @Nullable String objective,
        @Nullable String session,
        @Nullable Integer priority,
        @Nullable String resolver,
        @Nullable UUID key,
        @Nullable String limitKey,
        @Nullable Instant createdAfter,
        @Nullable Instant createdBefore,
        @Nullable String text) {
    /** Keeps a copy. */
    public TaskFilter {
        statuses = Set.copyOf(statuses);
    }
}

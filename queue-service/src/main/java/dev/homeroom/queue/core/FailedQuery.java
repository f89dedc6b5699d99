package dev.homeroom.queue.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which failed tasks. Every criterion that is given must hold.
 *
 * @param ids only these; empty: any
 * @param type only of this type
 * @param lesson only of this lesson
 * @param since only those that failed at this time or later
 * @param before only those that failed before this time
 * @param error only those whose error contains this, letter for letter
 * @param delay when they would be due again: a deadline that is past by then is in the way
 * @param deadline takes the place of theirs
 * @param after where the portion begins
 * @param limit at most so many
 */
public record FailedQuery(
        Set<UUID> ids,
        @Nullable String type,
        @Nullable String lesson,
        @Nullable Instant since,
        @Nullable Instant before,
        @Nullable String error,
        Duration delay,
        @Nullable Instant deadline,
        After after,
        int limit) {
    /** A step behind which a portion begins. */
    public record After(UUID task, int version) {
        /** Before every task. */
        public static final After START = new After(new UUID(0, 0), 0);
    }

    /** Keeps a copy. */
    public FailedQuery {
        ids = Set.copyOf(ids);
    }
}

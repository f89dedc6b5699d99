package dev.homeroom.queue.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that are over shall be done after all, with all their attempts. A task whose deadline is past by then, and that
 * gets no new one, stays as it is.
 *
 * @param tasks which
 * @param from in which states they may be: failed, cancelled
 * @param delay when they are due, from now on by the database's clock
 * @param deadline takes the place of theirs
 * @param by the subject that asks
 * @param reason its words
 */
public record RetryOrder(
        List<UUID> tasks,
        Set<TaskStatus> from,
        Duration delay,
        @Nullable Instant deadline,
        String by,
        @Nullable String reason) {}

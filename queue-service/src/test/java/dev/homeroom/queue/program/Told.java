package dev.homeroom.queue.program;

import dev.homeroom.queue.core.Cause;
import dev.homeroom.queue.core.TaskStatus;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A transition as the table has it.
 *
 * @param from null for the first
 */
record Told(
        UUID task,
        int version,
        @Nullable TaskStatus from,
        Cause cause,
        TaskStatus to,
        @Nullable String session,
        long token,
        int attempt) {}

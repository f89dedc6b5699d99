package dev.homeroom.queue.program;

import dev.homeroom.queue.core.TaskStatus;
import org.jspecify.annotations.Nullable;

/**
 * Where a task stands: as the reference says, and as its row says.
 *
 * @param session who holds it
 */
record Standing(
        TaskStatus status,
        int version,
        long token,
        @Nullable String session) {}

package dev.homeroom.queue.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task's claim.
 *
 * @param token the token of the latest grant that the row has seen, 0 for none
 * @param session who holds it; null: nobody
 * @param incarnation which run of that session, 0 when nobody holds it
 * @param deadline until when, for display
 */
public record TaskHold(
        long token,
        @Nullable String session,
        long incarnation,
        @Nullable Instant deadline) {
    /** Never held. */
    public static final TaskHold NONE = new TaskHold(0, null, 0, null);
}

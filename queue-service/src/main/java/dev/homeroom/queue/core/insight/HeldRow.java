package dev.homeroom.queue.core.insight;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row that says that its task is claimed.
 *
 * @param task the task
 * @param type what kind of work it is
 * @param lesson the lesson it belongs to
 * @param priority 0 to 9, 9 first
 * @param attempt which attempt this is
 * @param maxAttempts after so many a failure is final
 * @param limits the keys of the limits it has a permit of
 * @param session who holds it
 * @param incarnation which run of the session
 * @param token with which token
 * @param since since when; null for claims from before this was kept
 * @param deadline until when, for display
 */
public record HeldRow(
        UUID task,
        String type,
        @Nullable String lesson,
        int priority,
        int attempt,
        int maxAttempts,
        List<String> limits,
        String session,
        long incarnation,
        long token,
        @Nullable Instant since,
        Instant deadline) {}

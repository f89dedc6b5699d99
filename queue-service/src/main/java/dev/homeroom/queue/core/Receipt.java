package dev.homeroom.queue.core;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a finish did: the transition of (task, token). A repeat of the finish gets the same receipt.
 *
 * @param task the task
 * @param type the task's type
 * @param lesson the task's lesson
 * @param version the number of the transition
 * @param status the state after it
 * @param cause why
 * @param session who made it
 * @param token with which token
 * @param attempt which attempt it was
 * @param runAt when the task is due again; null when it is over
 * @param result JSON of a completion
 * @param reason the worker's words
 * @param at when
 * @param by the subject that asked for a step which no holder made
 */
public record Receipt(
        UUID task,
        String type,
        @Nullable String lesson,
        int version,
        TaskStatus status,
        String cause,
        @Nullable String session,
        long token,
        int attempt,
        @Nullable Instant runAt,
        @Nullable String result,
        @Nullable String reason,
        Instant at,
        @Nullable String by) {
    /** The same step, asked for by this subject. */
    public Receipt askedBy(String subject) {
        return new Receipt(
                task, type, lesson, version, status, cause, session, token, attempt, runAt, result, reason, at,
                subject);
    }
}

package dev.homeroom.contracts.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One step in a task's life.
 *
 * @param task the task's id
 * @param version 1 for the first transition of the task, then without a hole; consumers order by it
 * @param from the state before, null for the first
 * @param to {@code pending}, {@code claimed}, {@code completed}, {@code skipped}, {@code failed} or {@code cancelled}
 * @param cause {@code enqueued}, {@code claimed}, {@code completed}, {@code skipped}, {@code failed},
 *     {@code retry}, {@code released}, {@code snoozed}, {@code cancelled}, {@code expired}, {@code session-failed},
 *     {@code repaired}, {@code retried}, {@code deadline}
 * @param type the task's type
 * @param lesson the lesson it belongs to
 * @param session the session that held or holds it
 * @param token the fencing token of that grant
 * @param attempt which attempt, 1 for the first claim
 * @param reason the worker's words for a failure, skip or cancellation
 * @param at when
 */
public record TaskTransition(
        String task,
        long version,
        @Nullable String from,
        String to,
        String cause,
        String type,
        @Nullable String lesson,
        @Nullable String session,
        @Nullable Long token,
        int attempt,
        @Nullable String reason,
        Instant at) {}

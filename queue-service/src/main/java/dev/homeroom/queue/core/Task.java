package dev.homeroom.queue.core;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task as it is now.
 *
 * @param id the task
 * @param type what kind of work it is
 * @param payload JSON
 * @param idempotencyKey the client's key
 * @param priority 0 to 9, 9 first
 * @param lesson the lesson it belongs to
 * @param runAt when it became or becomes due
 * @param maxAttempts after so many attempts a failure is final
 * @param limits the keys of the limits it needs
 * @param capabilities what a session must be able to do to get it
 * @param resolver a hint at who can do it
 * @param deadline after this it is of no use
 * @param createdAt when it was enqueued
 * @param status where it stands
 * @param hold who holds it, and with which token it was last held
 * @param version the number of its transitions
 * @param attempt how many attempts were begun
 * @param result JSON that the worker gave on completion
 * @param error the worker's words for the last failure, or the reason of a skip or cancellation
 */
public record Task(
        UUID id,
        String type,
        String payload,
        @Nullable String idempotencyKey,
        int priority,
        @Nullable String lesson,
        Instant runAt,
        int maxAttempts,
        List<String> limits,
        List<String> capabilities,
        @Nullable String resolver,
        @Nullable Instant deadline,
        Instant createdAt,
        TaskStatus status,
        TaskHold hold,
        int version,
        int attempt,
        @Nullable String result,
        @Nullable String error) {}

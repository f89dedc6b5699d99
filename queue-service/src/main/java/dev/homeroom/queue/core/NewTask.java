package dev.homeroom.queue.core;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A checked task that is about to be enqueued.
 *
 * @param id made here, so that a repeat of the insertion is recognised
 * @param type what kind of work it is
 * @param payload JSON
 * @param key the idempotency key with its hashes, if it has one
 * @param priority 0 to 9, 9 first
 * @param lesson the lesson it belongs to
 * @param delay when it becomes due, counted from the insertion by the database's clock; zero: at once
 * @param runAt when it becomes due; takes the place of {@code delay}. A time that is past counts as now
 * @param maxAttempts after so many attempts a failure is final
 * @param limits the keys of the limits it needs
 * @param capabilities what a session must be able to do to get it
 * @param resolver a hint at who can do it
 * @param deadline after this it is of no use
 * @param by the subject that enqueued it
 */
public record NewTask(
        UUID id,
        String type,
        String payload,
        @Nullable IdempotencyKey key,
        int priority,
        @Nullable String lesson,
        Duration delay,
        @Nullable Instant runAt,
        int maxAttempts,
        List<String> limits,
        List<String> capabilities,
        @Nullable String resolver,
        @Nullable Instant deadline,
        String by) {}

package dev.homeroom.queue.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task as a client asks for it.
 *
 * @param type what kind of work it is; required
 * @param payload any JSON, {@code {}} when absent; bounded by {@code homeroom.queue.payload-limit}
 * @param idempotencyKey a repeat with the same key, type and payload gets the first task
 * @param priority 0 to 9, 9 first; 5 when absent
 * @param lesson the lesson it belongs to
 * @param delay when it is due, from now on; not together with {@code runAt}
 * @param runAt when it is due
 * @param maxAttempts 1 to 100; after so many a failure is final
 * @param limits up to 8 keys of limits it needs
 * @param capabilities up to 20 that a session must have to get it
 * @param resolver a hint at who can do it
 * @param deadline after this it is of no use
 */
public record TaskBody(
        @Nullable String type,
        @Nullable JsonNode payload,
        @Nullable String idempotencyKey,
        @Nullable Integer priority,
        @Nullable String lesson,
        @Nullable Duration delay,
        @Nullable Instant runAt,
        @Nullable Integer maxAttempts,
        @Nullable List<@Nullable String> limits,
        @Nullable List<@Nullable String> capabilities,
        @Nullable String resolver,
        @Nullable Instant deadline) {}

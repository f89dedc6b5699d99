package dev.homeroom.queue.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the coordinator is asked to push to a session.
 *
 * @param session which one; null: the best that is available
 * @param task the task
 * @param ttl how long the claim lives without renewal
 * @param requestId makes it exactly-once: the same again gets the first answer; null: it makes no such promise
 */
public record AssignRequest(
        @Nullable String session,
        Candidate task,
        Duration ttl,
        @Nullable String requestId) {}

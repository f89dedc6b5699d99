package dev.homeroom.queue.core;

import java.util.UUID;

/**
 * A grant of a task's claim is over.
 *
 * @param task the task
 * @param token the token of the grant that ended
 * @param cause what the history says of it
 * @param reason the coordinator's word for it
 */
public record GrantEnd(UUID task, long token, Cause cause, String reason) {}

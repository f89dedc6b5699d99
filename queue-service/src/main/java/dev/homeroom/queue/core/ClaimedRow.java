package dev.homeroom.queue.core;

import java.util.UUID;

/**
 * A row that says that its task is claimed.
 *
 * @param task the task
 * @param token the token of the claim
 */
public record ClaimedRow(UUID task, long token) {}

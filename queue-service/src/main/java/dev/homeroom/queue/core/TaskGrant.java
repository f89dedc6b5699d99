package dev.homeroom.queue.core;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * The coordinator's grant of the claim on a task.
 *
 * @param task the task
 * @param token the fencing token
 * @param deadline until when, for display
 * @param remaining how long from the answer on
 */
public record TaskGrant(UUID task, long token, Instant deadline, Duration remaining) {}

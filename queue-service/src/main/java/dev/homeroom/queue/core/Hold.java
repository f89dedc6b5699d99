package dev.homeroom.queue.core;

import java.util.UUID;

/**
 * A claim as its holder names it.
 *
 * @param task the task
 * @param session the session that holds it
 * @param token the token of the grant
 */
public record Hold(UUID task, String session, long token) {}

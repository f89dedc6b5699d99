package dev.homeroom.queue.core;

/**
 * One run of a session: what claims belong to.
 *
 * @param session the session's id
 * @param incarnation which run of it
 */
public record Owner(String session, long incarnation) {}

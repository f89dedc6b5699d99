package dev.homeroom.contracts.grant;

/**
 * Events between two places of the coordinator's log were dropped because nothing could be published for too long.
 * Whoever builds on the stream resynchronises from the coordinator.
 *
 * @param from log index of the first dropped event
 * @param to log index of the last dropped event
 * @param dropped how many
 */
public record GrantGap(long from, long to, long dropped) {}

package dev.homeroom.queue.core;

/**
 * A recognisable claim that may have been made before.
 *
 * @param owner who claims
 * @param seq its seq, above 0
 */
public record ClaimRepeat(Owner owner, long seq) {}

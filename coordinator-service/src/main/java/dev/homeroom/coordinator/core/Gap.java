package dev.homeroom.coordinator.core;

/**
 * Changes that were dropped because nothing could be published for too long.
 *
 * @param from place of the first dropped change. That change may have been published without a committed cursor, so the
 *     id of the gap's event must differ from the id of the change at this place
 * @param to place of the last dropped change
 * @param dropped how many at most
 */
public record Gap(Cursor from, Cursor to, long dropped) {}

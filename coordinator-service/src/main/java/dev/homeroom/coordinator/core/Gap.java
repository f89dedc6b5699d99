package dev.homeroom.coordinator.core;

/**
 * Changes that were dropped because nothing could be published for too long.
 *
 * @param from place of the first dropped change; the place of the gap event too
 * @param to place of the last dropped change
 * @param dropped how many
 */
public record Gap(Cursor from, Cursor to, long dropped) {}

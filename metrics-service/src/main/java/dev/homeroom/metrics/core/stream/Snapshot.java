package dev.homeroom.metrics.core.stream;

/**
 * A classroom's alerts as they are now: at least all changes up to {@code seq} are in it.
 *
 * @param alerts a JSON array, as text
 */
public record Snapshot(String classroom, String epoch, long seq, String alerts) {}

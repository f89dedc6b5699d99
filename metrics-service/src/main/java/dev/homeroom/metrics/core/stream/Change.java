package dev.homeroom.metrics.core.stream;

/**
 * A numbered change of a classroom's alerts.
 *
 * @param json the whole change as JSON text, carried as it is
 */
public record Change(String classroom, String epoch, long seq, String json) {}

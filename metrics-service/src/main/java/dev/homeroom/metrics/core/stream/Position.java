package dev.homeroom.metrics.core.stream;

/**
 * A place in a classroom's alert changes.
 *
 * @param epoch of the numbers; opaque
 * @param seq everything up to this number is behind; 0 is the beginning
 */
public record Position(String epoch, long seq) {}

package dev.homeroom.metrics.core.stream;

/**
 * The figures of a classroom's minute; a higher revision of the same minute replaces it.
 *
 * @param startMillis the minute's start
 * @param json the figures as JSON text, carried as they are
 */
public record Rollup(String classroom, long startMillis, long revision, String json) {}

package dev.homeroom.metrics.core;

/**
 * A student of a classroom in one app. Event time is told by the app's clock, so each seat has its own.
 *
 * @param classroom the classroom
 * @param student a pseudonym
 * @param app the app
 */
public record Seat(String classroom, String student, String app) {}

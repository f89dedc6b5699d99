package dev.homeroom.metrics.query;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for. Null is everything; every list knows some of these only.
 *
 * @param classrooms the only ones looked at; null is all of them
 * @param from inclusive
 * @param to exclusive
 * @param after where the page before ended; null at the beginning
 * @param limit rows of a page, at least 1
 */
public record Question(
        @Nullable List<String> classrooms,
        @Nullable String student,
        @Nullable String app,
        @Nullable String skill,
        @Nullable String detector,
        @Nullable String status,
        Instant from,
        Instant to,
        @Nullable Cursor after,
        int limit) {
    /** The same with another limit. */
    public Question withLimit(int rows) {
        return new Question(classrooms, student, app, skill, detector, status, from, to, after, rows);
    }
}

package dev.homeroom.metrics.core;

/**
 * A student of a classroom: the key of the fold.
 *
 * @param classroom the classroom
 * @param id a pseudonym, unique in the classroom
 */
public record Student(String classroom, String id) {
    /** The student in an app. */
    public Seat seat(String app) {
        return new Seat(classroom, id, app);
    }
}

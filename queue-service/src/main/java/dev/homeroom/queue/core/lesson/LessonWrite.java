package dev.homeroom.queue.core.lesson;

import org.jspecify.annotations.Nullable;

/**
 * A lesson that is to be made or changed.
 *
 * @param name of the lesson
 * @param content all of it
 * @param mode what may be there already
 * @param version only if the lesson has this version now; null: whatever it has
 */
public record LessonWrite(
        String name,
        LessonContent content,
        Mode mode,
        @Nullable Integer version) {
    /** What may be there already. */
    public enum Mode {
        /** Nothing, or the same. */
        CREATE,
        /** Anything: it is made, or replaced. */
        PUT
    }

    /**
     * What became of it.
     *
     * @param lesson as it is now
     * @param created whether it was not there before
     */
    public record Written(Lesson lesson, boolean created) {}
}

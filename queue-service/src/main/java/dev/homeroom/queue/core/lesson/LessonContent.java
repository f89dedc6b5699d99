package dev.homeroom.queue.core.lesson;

import org.jspecify.annotations.Nullable;

/**
 * What can be said of a lesson.
 *
 * @param title for people
 * @param objective the learning objective that it serves; lessons with the same one are grouped
 * @param description for people
 * @param weight its share among the lessons of a priority, 0.1 to 100
 */
public record LessonContent(
        @Nullable String title,
        @Nullable String objective,
        @Nullable String description,
        double weight) {
    /** Of a lesson of which nothing is known but its name. */
    public static final LessonContent DEFAULT = new LessonContent(null, null, null, 1);
}

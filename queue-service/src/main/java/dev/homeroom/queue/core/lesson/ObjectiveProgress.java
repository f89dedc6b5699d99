package dev.homeroom.queue.core.lesson;

import org.jspecify.annotations.Nullable;

/**
 * How far the lessons of a learning objective are together.
 *
 * @param objective the objective; null for the lessons without one
 * @param lessons how many lessons it has
 * @param progress of the tasks of all of them
 */
public record ObjectiveProgress(@Nullable String objective, long lessons, LessonProgress progress) {}

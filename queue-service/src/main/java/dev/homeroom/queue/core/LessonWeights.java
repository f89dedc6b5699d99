package dev.homeroom.queue.core;

import org.jspecify.annotations.Nullable;

/** How much of the work each lesson gets, in proportion to the others. Asked often: answers from memory. */
@FunctionalInterface
public interface LessonWeights {
    /** Every lesson gets the same. */
    LessonWeights EQUAL = _ -> 1;

    /** The weight of a lesson, above 0; of the tasks without a lesson when it is null. */
    double weight(@Nullable String lesson);
}

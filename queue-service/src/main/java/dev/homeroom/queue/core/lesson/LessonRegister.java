package dev.homeroom.queue.core.lesson;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What the queue knows of lessons by itself: their counts and their weights. Safe for concurrent use. */
public interface LessonRegister {
    /** How far each of these is, exactly now; a name that no task ever had is at zero. */
    CompletionStage<Map<String, LessonProgress>> progress(Collection<String> names);

    /**
     * How far the learning objectives are, in their order; first the lessons without one.
     *
     * @param after only objectives behind this one; null: from the beginning
     * @param limit at most so many
     */
    CompletionStage<List<ObjectiveProgress>> objectives(@Nullable String after, int limit);

    /** The lessons whose weight is not 1. */
    CompletionStage<Map<String, Double>> weights();

    /** A lesson is gone: the next task that names it is looked at anew in this replica. */
    void forget(String name);
}

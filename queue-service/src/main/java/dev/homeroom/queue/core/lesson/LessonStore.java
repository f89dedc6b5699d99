package dev.homeroom.queue.core.lesson;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What is said of lessons. Stages fail with {@link dev.homeroom.queue.core.QueueException}. Safe for concurrent use. */
public interface LessonStore {
    /** One lesson. */
    CompletionStage<Optional<Lesson>> find(String name);

    /**
     * Lessons by name.
     *
     * @param objective only those of this objective; empty: only those without one; null: all
     * @param after only names behind this one
     * @param limit at most so many
     */
    CompletionStage<List<Lesson>> list(@Nullable String objective, @Nullable String after, int limit);

    /**
     * Makes or changes a lesson, in one step; the version tells of every change.
     *
     * <p>Fails with {@link dev.homeroom.queue.core.Rejection.LessonExists} or
     * {@link dev.homeroom.queue.core.Rejection.LessonChanged}.
     */
    CompletionStage<LessonWrite.Written> write(LessonWrite write);

    /**
     * Removes a lesson; its counts stay, and are there again should it come back. False when there was none.
     *
     * <p>Fails with {@link dev.homeroom.queue.core.Rejection.LessonChanged}.
     *
     * @param version only if it has this version now; null: whatever it has
     */
    CompletionStage<Boolean> delete(String name, @Nullable Integer version);
}

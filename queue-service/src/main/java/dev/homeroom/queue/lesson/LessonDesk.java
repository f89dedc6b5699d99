package dev.homeroom.queue.lesson;

import dev.homeroom.queue.core.QueueException;
import dev.homeroom.queue.core.Rejection;
import dev.homeroom.queue.core.lesson.Lesson;
import dev.homeroom.queue.core.lesson.LessonProgress;
import dev.homeroom.queue.core.lesson.LessonRegister;
import dev.homeroom.queue.core.lesson.LessonStore;
import dev.homeroom.queue.core.lesson.LessonWrite;
import dev.homeroom.queue.core.lesson.ObjectiveProgress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What can be done with lessons. Every stage that fails does so with a {@link QueueException}. Safe for concurrent use. */
public final class LessonDesk {
    private final LessonStore store;
    private final LessonRegister register;
    private final WeightTable weights;

    /**
     * A lesson with how far it is.
     *
     * @param lesson the lesson
     * @param progress of its tasks, a moment later
     */
    public record Standing(Lesson lesson, LessonProgress progress) {}

    /**
     * What became of a {@link LessonWrite}.
     *
     * @param standing the lesson as it is now
     * @param created whether it was not there before
     */
    public record Written(Standing standing, boolean created) {}

    /** On these. */
    public LessonDesk(LessonStore store, LessonRegister register, WeightTable weights) {
        this.store = store;
        this.register = register;
        this.weights = weights;
    }

    /** One lesson; fails with {@link Rejection.NoLesson}. */
    public CompletionStage<Standing> find(String name) {
        return store.find(name)
                .thenApply(found -> found.orElseThrow(() -> new QueueException(new Rejection.NoLesson(name))))
                .thenCompose(this::standing);
    }

    /** Lessons by name; see {@link LessonStore#list}. */
    public CompletionStage<List<Standing>> list(@Nullable String objective, @Nullable String after, int limit) {
        return store.list(objective, after, limit)
                .thenCompose(lessons -> register.progress(
                                lessons.stream().map(Lesson::name).toList())
                        .thenApply(progress -> lessons.stream()
                                .map(lesson ->
                                        new Standing(lesson, progress.getOrDefault(lesson.name(), LessonProgress.NONE)))
                                .toList()));
    }

    /** Learning objectives; see {@link LessonRegister#objectives}. */
    public CompletionStage<List<ObjectiveProgress>> objectives(@Nullable String after, int limit) {
        return register.objectives(after, limit);
    }

    /** Makes or changes one; see {@link LessonStore#write}. */
    public CompletionStage<Written> write(LessonWrite write) {
        return store.write(write).thenCompose(written -> {
            weights.set(write.name(), written.lesson().content().weight());
            return standing(written.lesson()).thenApply(standing -> new Written(standing, written.created()));
        });
    }

    /**
     * Removes one; fails with {@link Rejection.LessonInUse} while tasks of it are unfinished, with
     * {@link Rejection.NoLesson}, or as {@link LessonStore#delete} does. A task that comes in at the same time brings the
     * lesson back.
     */
    public CompletionStage<Void> delete(String name, @Nullable Integer version) {
        return find(name).thenCompose(standing -> {
            long unfinished = standing.progress().unfinished();
            if (unfinished > 0) {
                return CompletableFuture.failedFuture(new QueueException(new Rejection.LessonInUse(name, unfinished)));
            }
            return store.delete(name, version).thenAccept(gone -> {
                if (!gone) {
                    throw new QueueException(new Rejection.NoLesson(name));
                }
                register.forget(name);
                weights.set(name, WeightTable.DEFAULT);
            });
        });
    }

    private CompletionStage<Standing> standing(Lesson lesson) {
        return register.progress(List.of(lesson.name()))
                .thenApply(progress -> new Standing(lesson, progress.getOrDefault(lesson.name(), LessonProgress.NONE)));
    }
}

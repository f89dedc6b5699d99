package dev.homeroom.queue.lesson;

import dev.homeroom.queue.core.LessonWeights;
import dev.homeroom.queue.core.lesson.LessonContent;
import dev.homeroom.queue.core.lesson.LessonRegister;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The weights of lessons, at hand for every claim: those that are not 1, read again every few seconds; a change by this
 * replica counts at once. Safe for concurrent use.
 */
public final class WeightTable implements LessonWeights {
    /** The weight of a lesson that has none of its own, and of the tasks without a lesson. */
    static final double DEFAULT = LessonContent.DEFAULT.weight();

    private final LessonRegister register;
    private volatile Map<String, Double> weights = Map.of();
    private long changes;

    /** Of these lessons; until the first {@link #refresh} all are alike. */
    public WeightTable(LessonRegister register) {
        this.register = register;
    }

    @Override
    public double weight(@Nullable String lesson) {
        return lesson == null ? DEFAULT : weights.getOrDefault(lesson, DEFAULT);
    }

    /** Reads them all. */
    public CompletionStage<Integer> refresh() {
        long before = changes();
        return register.weights().thenApply(read -> replace(read, before));
    }

    /** This replica has changed one. */
    public synchronized void set(String lesson, double weight) {
        changes++;
        var next = new HashMap<>(weights);
        if (weight == DEFAULT) {
            next.remove(lesson);
        } else {
            next.put(lesson, weight);
        }
        weights = Map.copyOf(next);
    }

    private synchronized long changes() {
        return changes;
    }

    /** What was read may be older than a change made meanwhile; then the next reading tells. */
    private synchronized int replace(Map<String, Double> read, long before) {
        if (changes == before) {
            weights = Map.copyOf(read);
        }
        return weights.size();
    }
}

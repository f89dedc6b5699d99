package dev.homeroom.queue.core.order;

import dev.homeroom.queue.core.LessonWeights;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Start-time fair queueing between lessons (Goyal, Vin and Cheng, 1996): each task that is taken costs its lesson
 * {@code 1 / weight} of virtual time, and the lesson that has had least is next. A lesson that comes back after a rest
 * begins at the present virtual time: rest is no credit. Tasks without a lesson are one more lesson. In the memory of one
 * replica; where each is fair, all are approximately. Safe for concurrent use.
 */
public final class Fairness {
    /** A lesson that could not be served (its tasks fit nobody) is owed so many tasks of weight 1, and no more. */
    static final double MOST_OWED = 64;

    /** Lessons that are remembered; those that are owed nothing are forgotten first. */
    static final int MOST_LESSONS = 10_000;

    private static final double LEAST_WEIGHT = 0.001;
    private static final double MOST_WEIGHT = 1_000;

    private final LessonWeights weights;
    private final Map<String, Double> finished = new HashMap<>();
    private double virtualTime;
    private double farthest;

    /** With these weights. */
    public Fairness(LessonWeights weights) {
        this.weights = weights;
    }

    /** Where the next task of this lesson would start: the lowest is next. */
    synchronized double start(@Nullable String lesson) {
        return Math.max(virtualTime, finished.getOrDefault(key(lesson), 0.0));
    }

    /** What a task of this lesson costs it. */
    double cost(@Nullable String lesson) {
        double weight = weights.weight(lesson);
        return 1 / Math.clamp(weight > 0 ? weight : 1, LEAST_WEIGHT, MOST_WEIGHT);
    }

    /**
     * Tasks were taken.
     *
     * @param lessons of each of them
     * @param competing the lessons that stood at the same level; virtual time goes on to where the last of them is
     */
    public synchronized void served(Collection<@Nullable String> lessons, Set<@Nullable String> competing) {
        for (var lesson : lessons) {
            double finish = start(lesson) + cost(lesson);
            finished.put(key(lesson), finish);
            farthest = Math.max(farthest, finish);
        }
        double last = Double.POSITIVE_INFINITY;
        for (var lesson : competing) {
            last = Math.min(last, start(lesson));
        }
        virtualTime = Math.max(virtualTime, farthest - MOST_OWED);
        if (last < Double.POSITIVE_INFINITY) {
            virtualTime = Math.max(virtualTime, last);
        }
        if (finished.size() > MOST_LESSONS) {
            forget();
        }
    }

    private void forget() {
        finished.values().removeIf(finish -> finish <= virtualTime);
        if (finished.size() > MOST_LESSONS) {
            finished.clear();
            virtualTime = farthest;
        }
    }

    private static String key(@Nullable String lesson) {
        return lesson == null ? "" : lesson;
    }
}

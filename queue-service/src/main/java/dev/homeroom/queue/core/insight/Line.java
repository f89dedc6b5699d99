package dev.homeroom.queue.core.insight;

import dev.homeroom.queue.core.Candidate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Where a task stands in the queue's order.
 *
 * @param ahead how many tasks would be taken before it
 * @param more whether there may be more than that: the line is looked at up to a bound
 * @param level the level it stands in: its priority and what waiting has added
 * @param higher how many of those ahead stand in a higher level
 * @param older how many of those ahead stand in its level and were due before it
 * @param fairness how many of those ahead stand in its level and are younger: it is another lesson's turn
 * @param lessons how many of those ahead belong to which lesson; without one: {@value #NO_LESSON}
 */
public record Line(
        int ahead, boolean more, int level, int higher, int older, int fairness, Map<String, Integer> lessons) {
    /** What tasks without a lesson are counted under. */
    public static final String NO_LESSON = "(none)";

    /**
     * The task's place among those that are ready.
     *
     * @param ranked in the queue's order
     * @param bound how many were asked for: when there are as many, there may be more
     * @return empty when it is not among them although all are there: it is not ready
     */
    public static Optional<Line> of(List<Candidate> ranked, int bound, UUID task, int priority) {
        for (int i = 0; i < ranked.size(); i++) {
            if (ranked.get(i).task().equals(task)) {
                return Optional.of(behind(ranked.subList(0, i), ranked.get(i)));
            }
        }
        return ranked.size() < bound
                ? Optional.empty()
                : Optional.of(new Line(ranked.size(), true, priority, higher(ranked, priority), 0, 0, lessons(ranked)));
    }

    private static int higher(List<Candidate> before, int level) {
        return (int) before.stream().filter(one -> one.priority() > level).count();
    }

    private static Line behind(List<Candidate> before, Candidate task) {
        int higher = higher(before, task.priority());
        int older = (int) before.stream()
                .filter(one -> one.priority() <= task.priority() && !one.due().isAfter(task.due()))
                .count();
        int fairness = before.size() - higher - older;
        return new Line(before.size(), false, task.priority(), higher, older, fairness, lessons(before));
    }

    private static Map<String, Integer> lessons(List<Candidate> tasks) {
        var lessons = new TreeMap<String, Integer>();
        for (var task : tasks) {
            lessons.merge(task.lesson() == null ? NO_LESSON : task.lesson(), 1, Integer::sum);
        }
        return lessons;
    }
}

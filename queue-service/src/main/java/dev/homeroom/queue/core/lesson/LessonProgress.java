package dev.homeroom.queue.core.lesson;

import dev.homeroom.queue.core.TaskStatus;
import java.util.EnumMap;
import java.util.Map;

/**
 * How far a lesson is: tasks by status, all that were ever enqueued, whatever became of their history.
 *
 * @param byStatus every status
 */
public record LessonProgress(Map<TaskStatus, Long> byStatus) {
    /** What is counted of a lesson beside its statuses: the tasks that were enqueued for it. */
    public static final String ENQUEUED = "enqueued";

    /** Nothing was ever enqueued. */
    public static final LessonProgress NONE = of(Map.of());

    /** Keeps a copy. */
    public LessonProgress {
        byStatus = Map.copyOf(byStatus);
    }

    /**
     * From what is counted: {@value #ENQUEUED}, and by word the claimed and the ended ones. What is left of the enqueued is
     * pending.
     */
    public static LessonProgress of(Map<String, Long> counts) {
        var byStatus = new EnumMap<TaskStatus, Long>(TaskStatus.class);
        long pending = counts.getOrDefault(ENQUEUED, 0L);
        for (var status : TaskStatus.values()) {
            long tasks = status == TaskStatus.PENDING ? 0 : counts.getOrDefault(status.word(), 0L);
            byStatus.put(status, tasks);
            pending -= tasks;
        }
        byStatus.put(TaskStatus.PENDING, Math.max(0, pending));
        return new LessonProgress(byStatus);
    }

    /** All that were enqueued. */
    public long total() {
        return byStatus.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Completed and skipped ones. */
    public long done() {
        return count(TaskStatus.COMPLETED) + count(TaskStatus.SKIPPED);
    }

    /** Those with which something can still happen by itself. */
    public long unfinished() {
        return count(TaskStatus.PENDING) + count(TaskStatus.CLAIMED);
    }

    /** Those in this status. */
    public long count(TaskStatus status) {
        return byStatus.getOrDefault(status, 0L);
    }
}

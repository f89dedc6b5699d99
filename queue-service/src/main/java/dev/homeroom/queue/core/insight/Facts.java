package dev.homeroom.queue.core.insight;

import dev.homeroom.queue.core.ClaimFilter;
import dev.homeroom.queue.core.HeldTask;
import dev.homeroom.queue.core.Receipt;
import dev.homeroom.queue.core.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one task, gathered at about the same time from the database, from the coordinator and from this
 * replica.
 *
 * @param now the database's time
 * @param task its row
 * @param steps its history, the first step first
 * @param claim its row as that of a claim; empty when it is not claimed
 * @param coordinator what the coordinator says; empty when it did not answer, or need not be asked
 * @param asked whether the coordinator was asked
 * @param limitTasks by limit key: tasks that have a permit of it
 * @param line where it stands in the order; empty when it is not ready
 * @param asking the claims that wait in this replica: how many by filter
 */
public record Facts(
        Instant now,
        Task task,
        List<Receipt> steps,
        Optional<HeldRow> claim,
        Optional<Coordinator> coordinator,
        boolean asked,
        Map<String, List<HeldRow>> limitTasks,
        Optional<Line> line,
        Map<ClaimFilter, Integer> asking) {
    /** How many tasks are named that have a permit of an exhausted limit. */
    public static final int MOST_LIMIT_TASKS = 20;

    /** How many sessions are looked at. */
    public static final int MOST_SESSIONS = 10_000;

    /** How far the line is looked at. */
    public static final int MOST_AHEAD = 1_000;

    /**
     * How long a difference between row and coordinator can last: what a grant may be under way, and the sweep's
     * interval and grace.
     */
    public static final Duration REPAIRED_WITHIN = Duration.ofSeconds(16);

    /**
     * What the coordinator says.
     *
     * @param grant the claim's grant
     * @param holder the session that holds the row, if it is claimed and known
     * @param limits the limits the task needs
     * @param sessions every session, up to {@link #MOST_SESSIONS}
     * @param allSessions whether these are all
     */
    public record Coordinator(
            Optional<HeldTask> grant,
            @Nullable AgentSession holder,
            List<LimitUse> limits,
            List<AgentSession> sessions,
            boolean allSessions) {}

    /** Whether the coordinator was asked and did not answer. */
    boolean unreachable() {
        return asked && coordinator.isEmpty();
    }

    /** How many claims that wait here take the task. */
    int takers() {
        return asking.entrySet().stream()
                .filter(one -> one.getKey().takes(task.type(), task.lesson(), task.capabilities()))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /** How many claims wait here. */
    int waiting() {
        return asking.values().stream().mapToInt(Integer::intValue).sum();
    }
}

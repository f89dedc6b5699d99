package dev.homeroom.queue.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every step that a task can take, as data. Tests hold the history of every task against it, and {@code docs/task-states.md} is
 * made of it.
 */
public final class Transitions {
    /**
     * One step.
     *
     * @param from null: the task did not exist
     * @param cause what happened
     * @param to where it stands then
     * @param when for people
     */
    public record Step(@Nullable TaskStatus from, Cause cause, TaskStatus to, String when) {}

    /** All of them, in the order of the page. */
    public static final List<Step> ALL = all();

    private Transitions() {}

    /** Whether a task can take this step. */
    public static boolean isLegal(@Nullable TaskStatus from, Cause cause, TaskStatus to) {
        return ALL.stream().anyMatch(step -> step.from() == from && step.cause() == cause && step.to() == to);
    }

    private static List<Step> all() {
        var steps = new ArrayList<Step>();
        steps.add(new Step(null, Cause.ENQUEUED, TaskStatus.PENDING, "somebody wants it done"));
        pending(steps);
        claimed(steps);
        for (var over : List.of(TaskStatus.FAILED, TaskStatus.SKIPPED, TaskStatus.CANCELLED)) {
            steps.add(new Step(over, Cause.RETRIED, TaskStatus.PENDING, "it is to be done after all"));
        }
        return List.copyOf(steps);
    }

    private static void pending(List<Step> steps) {
        var from = TaskStatus.PENDING;
        steps.add(new Step(from, Cause.CLAIMED, TaskStatus.CLAIMED, "it is due, and a grant for it was written"));
        for (var end : List.of(Cause.EXPIRED, Cause.SESSION_FAILED, Cause.RELEASED)) {
            steps.add(new Step(from, end, from, "a grant ended before it was written; now it cannot be any more"));
        }
        steps.add(new Step(from, Cause.REPAIRED, from, "the sweep fenced a grant that was never written"));
        steps.add(new Step(from, Cause.DEADLINE, TaskStatus.FAILED, "its deadline passed"));
        steps.add(new Step(from, Cause.CANCELLED, TaskStatus.CANCELLED, "it was called off"));
    }

    private static void claimed(List<Step> steps) {
        var from = TaskStatus.CLAIMED;
        var back = TaskStatus.PENDING;
        steps.add(new Step(
                from, Cause.CLAIMED, from, "it was granted anew before the end of the old grant was heard of"));
        steps.add(new Step(from, Cause.COMPLETED, TaskStatus.COMPLETED, "its holder is done"));
        steps.add(new Step(from, Cause.SKIPPED, TaskStatus.SKIPPED, "its holder says that it is not needed"));
        steps.add(new Step(from, Cause.FAILED, TaskStatus.FAILED, "the attempt failed for good, or was the last one"));
        steps.add(new Step(from, Cause.RETRY, back, "the attempt failed; another follows after the backoff"));
        steps.add(new Step(from, Cause.RELEASED, back, "its holder hands it back, or its grant was released"));
        steps.add(new Step(from, Cause.SNOOZED, back, "its holder hands it back until later"));
        steps.add(new Step(from, Cause.EXPIRED, back, "its grant expired, or was taken away"));
        steps.add(new Step(from, Cause.SESSION_FAILED, back, "the session of its grant failed or left"));
        steps.add(new Step(from, Cause.REPAIRED, back, "the sweep found no grant for it"));
        steps.add(new Step(from, Cause.DEADLINE, TaskStatus.FAILED, "it would go back, but its deadline has passed"));
        steps.add(new Step(from, Cause.CANCELLED, TaskStatus.CANCELLED, "it was called off; its holder is told"));
    }
}

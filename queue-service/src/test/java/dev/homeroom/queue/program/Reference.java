package dev.homeroom.queue.program;

import dev.homeroom.queue.core.Cause;
import dev.homeroom.queue.core.TaskStatus;
import dev.homeroom.queue.core.Transitions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What the queue is, without any of its machinery: tasks that take steps. It is shown every transition and says whether the task
 * could take it then, whoever asked for it and however often; so it knows where every task stands. Pure; used by one thread.
 */
final class Reference {
    /** A history that must not be. */
    static final class Broken extends AssertionError {
        private static final long serialVersionUID = 1;

        Broken(String rule, Told step, Collection<Told> before) {
            super(rule + ": " + step + " after " + before);
        }
    }

    private final Map<UUID, Standing> tasks = new HashMap<>();
    private final Map<UUID, List<Told>> histories = new HashMap<>();

    /** A transition was written. */
    void told(Told step) {
        var before = histories.computeIfAbsent(step.task(), _ -> new ArrayList<>());
        var now = tasks.get(step.task());
        check(now == null ? step.from() == null : step.from() == now.status(), "it was not there", step, before);
        check(Transitions.isLegal(step.from(), step.cause(), step.to()), "no task goes that way", step, before);
        check(step.version() == before.size() + 1, "versions have no holes", step, before);
        if (now != null) {
            tokens(now, step, before);
        }
        before.add(step);
        var holder = step.to() == TaskStatus.CLAIMED ? step.session() : null;
        tasks.put(step.task(), new Standing(step.to(), step.version(), step.token(), holder));
    }

    private static void tokens(Standing now, Told step, List<Told> before) {
        check(step.token() >= now.token(), "tokens never go back", step, before);
        switch (step.cause()) {
            case CLAIMED -> check(step.token() > now.token(), "each claim has a token above all before", step, before);
            case COMPLETED, SKIPPED, FAILED, RETRY, SNOOZED ->
                check(
                        step.token() == now.token()
                                && step.session() != null
                                && step.session().equals(now.session()),
                        "only the holder finishes",
                        step,
                        before);
            case EXPIRED, SESSION_FAILED, REPAIRED ->
                check(
                        now.status() == TaskStatus.CLAIMED || step.token() > now.token(),
                        "each grant ends once",
                        step,
                        before);
            default -> {}
        }
        if (step.cause() == Cause.COMPLETED) {
            check(
                    before.stream().noneMatch(earlier -> earlier.cause() == Cause.COMPLETED),
                    "a task is completed once",
                    step,
                    before);
        }
    }

    /** Where it stands. */
    Map<UUID, Standing> tasks() {
        return tasks;
    }

    /** Its steps so far. */
    List<Told> history(UUID task) {
        return histories.getOrDefault(task, List.of());
    }

    private static void check(boolean holds, String rule, Told step, Collection<Told> before) {
        if (!holds) {
            throw new Broken(rule, step, before);
        }
    }
}

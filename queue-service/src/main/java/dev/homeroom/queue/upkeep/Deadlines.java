package dev.homeroom.queue.upkeep;

import dev.homeroom.queue.core.TaskUpkeep;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Ends what has become useless: pending tasks whose deadline has passed are failed, with the cause {@code deadline}. A task
 * that is claimed then may still be finished; when its attempt ends in another way, it is not tried again. Replicas may
 * run rounds at the same time, each takes what the others have not. Safe for concurrent use.
 */
public final class Deadlines {
    /** Tasks that one statement ends. */
    static final int AT_ONCE = 1_000;

    /** Statements of one round; what is left is for the next. */
    static final int PORTIONS = 50;

    private final TaskUpkeep upkeep;

    /** Of the tasks in this store. */
    public Deadlines(TaskUpkeep upkeep) {
        this.upkeep = upkeep;
    }

    /** One round; answers how many tasks it ended. */
    public CompletionStage<Integer> round() {
        return portion(PORTIONS, 0);
    }

    private CompletionStage<Integer> portion(int left, int before) {
        return upkeep.expire(AT_ONCE)
                .thenCompose(ended -> ended < AT_ONCE || left == 1
                        ? CompletableFuture.completedFuture(before + ended)
                        : portion(left - 1, before + ended));
    }
}

package dev.homeroom.queue.claim;

import dev.homeroom.queue.core.Rejection;
import dev.homeroom.queue.core.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a claim got.
 *
 * @param tasks now claimed, possibly none
 * @param candidates whether there was anything to get: none in spite of candidates means that others were faster
 * @param exhausted whether a limit turned out to have no permit: another look passes its tasks over
 * @param full whether the session may hold no further task
 * @param passedOver whether it got less than it wanted although there were tasks, some of which not every session can do
 * @param rejection why it got nothing
 */
record Taken(
        List<Task> tasks,
        boolean candidates,
        boolean exhausted,
        boolean full,
        boolean passedOver,
        @Nullable Rejection rejection) {
    static final Taken NOTHING = new Taken(List.of(), false, false, false, false, null);

    /** Of a claim that was made before. */
    static Taken before(List<Task> tasks) {
        return new Taken(tasks, true, false, false, false, null);
    }

    static Taken refused(Rejection rejection) {
        return new Taken(List.of(), false, false, false, false, rejection);
    }
}

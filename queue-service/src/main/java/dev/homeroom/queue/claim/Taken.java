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
 * @param rejection why it got nothing
 */
record Taken(
        List<Task> tasks,
        boolean candidates,
        boolean exhausted,
        @Nullable Rejection rejection) {
    static final Taken NOTHING = new Taken(List.of(), false, false, null);

    static Taken refused(Rejection rejection) {
        return new Taken(List.of(), false, false, rejection);
    }
}

package dev.homeroom.queue.core;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task that is ready to be claimed, as the coordinator needs to know it.
 *
 * @param task the task
 * @param type what kind of work it is
 * @param priority 0 to 9, 9 first; what waiting has added is in it
 * @param due since when it can be claimed
 * @param lesson the lesson it belongs to
 * @param limits the keys of the limits it needs, all or none
 * @param capabilities what a session must be able to do
 * @param last where it was worked on before
 */
public record Candidate(
        UUID task,
        String type,
        int priority,
        Instant due,
        @Nullable String lesson,
        List<String> limits,
        List<String> capabilities,
        Place last) {
    /** The same task, raised or lowered. */
    public Candidate at(int level) {
        return level == priority ? this : new Candidate(task, type, level, due, lesson, limits, capabilities, last);
    }
}

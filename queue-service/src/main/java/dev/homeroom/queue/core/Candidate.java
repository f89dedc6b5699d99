package dev.homeroom.queue.core;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task that is ready to be claimed, as the coordinator needs to know it.
 *
 * @param task the task
 * @param priority 0 to 9, 9 first
 * @param lesson the lesson it belongs to
 * @param limits the keys of the limits it needs, all or none
 */
public record Candidate(UUID task, int priority, @Nullable String lesson, List<String> limits) {}

package dev.homeroom.queue.core;

import org.jspecify.annotations.Nullable;

/**
 * Why the coordinator refused something, passed on as it came.
 *
 * @param type the URN of the problem type
 * @param detail what happened, for people
 * @param holder who holds it instead
 */
public record CoordinatorProblem(
        String type, String detail, @Nullable Holder holder) {}

package dev.homeroom.queue.model;

import org.jspecify.annotations.Nullable;

/** What a condition reads: the row and what came in. */
public final class Fact {
    private Fact() {}

    /**
     * The row of the task's state.
     *
     * @param token the highest token it has seen
     * @param claimed claimed; otherwise pending
     * @param session who holds it, if it is claimed
     * @param due whether its run-at has come
     * @param deadline whether it has a deadline, and whether that is over
     */
    public record Row(int token, boolean claimed, @Nullable String session, boolean due, Deadline deadline) {}

    /** A task's deadline. */
    public enum Deadline {
        NONE,
        AHEAD,
        OVER
    }

    /**
     * What a statement was given.
     *
     * @param token of the grant it is about
     * @param session whose it is, or who says so
     */
    public record Input(int token, String session) {}
}

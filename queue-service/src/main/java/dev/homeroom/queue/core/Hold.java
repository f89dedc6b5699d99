package dev.homeroom.queue.core;

import java.util.UUID;

/**
 * A claim as its holder names it.
 *
 * @param task the task
 * @param session the session that holds it
 * @param token the token of the grant
 * @param result when it is given back: what came of the attempt
 */
public record Hold(UUID task, String session, long token, Result result) {
    /** What came of an attempt, as the coordinator counts it for the session. */
    public enum Result {
        /** Nothing: it was handed back, snoozed or called off. */
        NONE,
        /** The task was completed or skipped. */
        DONE,
        /** The attempt failed. */
        FAILED,
        /** It was called off by somebody else: its holder has to be told. */
        CANCELLED
    }

    /** Nothing came of it yet. */
    public Hold(UUID task, String session, long token) {
        this(task, session, token, Result.NONE);
    }

    /** Taken away, because the task was called off. */
    public Hold calledOff() {
        return new Hold(task, session, token, Result.CANCELLED);
    }

    /** Given back after this outcome. */
    public Hold after(Outcome outcome) {
        return new Hold(task, session, token, outcome.counts());
    }
}

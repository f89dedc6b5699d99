package dev.homeroom.coordinator.core;

/**
 * What a grant given to a waiter hangs on. With a seq the grant ends at {@code until} unless its session has shown by
 * then that it got the answer; without one it stays, but can be cancelled until then.
 *
 * @param ticket the waiter's
 * @param attachment the submission that may cancel it
 * @param seq the request's, or 0; -1 of a pushed task
 * @param until milliseconds of the replicated clock
 */
public record Provision(long ticket, String attachment, long seq, long until) {
    private static final long PUSHED = -1;
    /** A session hears of a grant with its next heartbeat at the latest, and says so with the one after. */
    private static final int HEARTBEATS = 2;

    /** Until when a session that is given something now may take to show that it knows of it. */
    static long until(long now, Session session) {
        return now + Bounds.PROVISIONAL_MILLIS + HEARTBEATS * session.heartbeat();
    }

    /** Of a task pushed to a session, which nobody waited for: it ends unless the session shows that it knows of it. */
    static Provision pushed(long until) {
        return new Provision(0, "", PUSHED, until);
    }

    boolean pushed() {
        return seq == PUSHED;
    }
}

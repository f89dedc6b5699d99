package dev.homeroom.client.session;

/**
 * What a session is told. Called one at a time from the thread that heartbeats; return soon, for the next heartbeat waits.
 * {@link #onLost} may come from another thread in between, once.
 */
public interface SessionListener {
    /**
     * A task was assigned to the session; once a token.
     *
     * @return whether it is taken; else the coordinator gives it to another session after a while
     */
    default boolean onAssigned(Beat.Assigned task) {
        return false;
    }

    /** A grant was taken away: stop what it protects. Once a token; it is reported as seen when this has returned. */
    default void onRevoked(Beat.Revoked grant) {}

    /** The session is lost; nothing follows. */
    default void onLost(Loss loss) {}
}

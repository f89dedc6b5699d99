package dev.homeroom.client.session;

/**
 * What a session is told. Called one at a time from the thread that heartbeats; return soon, for the next heartbeat waits.
 * {@link #onLost} may come from another thread in between, once.
 */
public interface SessionListener {
    /** A task was assigned to the session; once a token. */
    default void onAssigned(Beat.Assigned task) {}

    /** A grant was taken away: stop what it protects. Once a token; it is reported as seen when this has returned. */
    default void onRevoked(Beat.Revoked grant) {}

    /** The session is lost; nothing follows. */
    default void onLost(Loss loss) {}
}

package dev.homeroom.coordinator.core;

/** Why a grant, or an incarnation of a session, ended. */
public enum EndReason {
    /** Its holder gave it back; of a session: it was unregistered. */
    RELEASED("released"),
    /** The grant's deadline passed. */
    EXPIRED("expired"),
    /** The session's lease expired. */
    SESSION_FAILED("session-failed"),
    /** The session was unregistered. */
    SESSION_RELEASED("session-released"),
    /** The session was registered anew, by another instance. */
    SUPERSEDED("superseded"),
    /** It was given to a waiter, or pushed to a session, that never showed it had heard of it. */
    UNCONFIRMED("unconfirmed"),
    /** Another session stole it from a stale holder. */
    STOLEN("stolen"),
    /** An operator took it away. */
    FORCED("forced"),
    /** Its task was called off by somebody else. */
    CANCELLED("cancelled");

    private final String label;

    EndReason(String label) {
        this.label = label;
    }

    /** The word in interfaces and events. */
    public String label() {
        return label;
    }
}

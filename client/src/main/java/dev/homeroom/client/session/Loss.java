package dev.homeroom.client.session;

/**
 * Why a session is lost to this process: it must stop what it does under it.
 *
 * @param detail for people
 */
public record Loss(Reason reason, String detail) {
    /** What programs decide by. */
    public enum Reason {
        /** Too many heartbeats in a row had no success. */
        FAILURES,
        /** The lease ended before a heartbeat got through. */
        LEASE_OVER,
        /** The coordinator says that the session has failed or was released. */
        SESSION_ENDED,
        /** The id was registered by another instance. */
        STALE_INCARNATION
    }
}

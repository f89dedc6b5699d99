package dev.homeroom.client.lock;

/**
 * Why something is not held any more although it was not released: stop what it protects.
 *
 * @param detail for people
 */
public record GrantLoss(Reason reason, String detail) {
    /** What programs decide by. */
    public enum Reason {
        /** Its deadline passed, or the lease's, without a renewal. */
        EXPIRED,
        /** The coordinator said that it was taken away, or that the token is not the current one. */
        TAKEN,
        /** The session is lost, and with it everything it held. */
        SESSION_LOST
    }
}

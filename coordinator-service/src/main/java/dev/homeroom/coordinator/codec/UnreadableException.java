package dev.homeroom.coordinator.codec;

/**
 * Replicated bytes that this version cannot read: unknown command, wrong checksum, newer format. Whoever meets it in the
 * log or in a snapshot must stop the process with this reason; going on would let replicas differ.
 */
public final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With what was found, for people. */
    public UnreadableException(String message) {
        super(message);
    }

    /** With what was found and its cause. */
    public UnreadableException(String message, Throwable cause) {
        super(message, cause);
    }
}

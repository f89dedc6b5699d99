package dev.homeroom.local.stack;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The stack cannot run; the message is a sentence for people that says what happened and what to do. */
public final class StackException extends RuntimeException {
    /** What kind of failure. */
    public enum Reason {
        /** Another process runs a stack on this data directory. */
        IN_USE,
        /** Somebody else listens on a port that is needed. */
        PORT_BUSY,
        /** The data directory cannot be made or written, or the disk is full. */
        NO_DATA_DIRECTORY,
        /** The jars of a service are missing. */
        NOT_BUILT,
        /** A part did not start, or died too often. */
        PART_FAILED
    }

    @Serial
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Makes one. */
    public StackException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** What kind of failure. */
    public Reason reason() {
        return reason;
    }
}

package dev.homeroom.queue.core;

/** The database refused a value of a row; the other rows of the list are not to blame. */
public final class RowRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what the database said. */
    public RowRefusedException(String message, Throwable cause) {
        super(message, cause, false, false);
    }
}

package dev.homeroom.queue.core;

/** A row of the list could not be written; the other rows are not to blame, and nothing of the list happened. */
public final class RowRefusedException extends QueueException {
    private static final long serialVersionUID = 1L;

    private RowRefusedException(Rejection rejection, Throwable cause) {
        super(rejection, cause);
    }

    /** The database does not allow a value; says what the database said. */
    public static RowRefusedException notAllowed(String message, Throwable cause) {
        return new RowRefusedException(new Rejection.Invalid(message), cause);
    }

    /** Another transaction has the row locked for longer than any of ours would. */
    public static RowRefusedException locked(Throwable cause) {
        return new RowRefusedException(
                new Rejection.Unavailable("the row of the task, which somebody else has locked in the database"),
                cause);
    }
}

package dev.homeroom.metrics.edge;

/** Ends the reading of one item with the reason why it is not taken. It is an answer, so it carries no stack trace. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Refusal refusal;

    /** For this reason. */
    public RefusedException(Refusal refusal) {
        super(refusal.detail(), null, false, false);
        this.refusal = refusal;
    }

    /** For a value that is missing or not allowed. */
    public static RefusedException invalid(String detail) {
        return new RefusedException(Refusal.invalid(detail));
    }

    /** The reason. */
    public Refusal refusal() {
        return refusal;
    }
}

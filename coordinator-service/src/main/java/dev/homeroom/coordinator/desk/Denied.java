package dev.homeroom.coordinator.desk;

/** The caller's role does not allow what it asked for. Cheap to make: it carries no stack. */
public final class Denied extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** With a sentence that says which role would. */
    public Denied(String message) {
        super(message, null, false, false);
    }
}

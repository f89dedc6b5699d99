package dev.homeroom.coordinator;

import dev.homeroom.coordinator.core.Rejection;

/** A command was rejected. Cheap to make: it carries no stack. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Rejection rejection;

    /** With the core's reason. */
    public Refused(Rejection rejection) {
        super(rejection.reason() + ": " + rejection.detail(), null, false, false);
        this.rejection = rejection;
    }

    /** Why. */
    public Rejection rejection() {
        return rejection;
    }
}

package dev.homeroom.coordinator;

import dev.homeroom.contracts.problem.ProblemType;

/** A change of the members was refused; nothing was changed. Cheap to make: it carries no stack. */
public final class ClusterRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemType type;

    /** With the problem type and a sentence for people. */
    public ClusterRefused(ProblemType type, String detail) {
        super(detail, null, false, false);
        this.type = type;
    }

    /** The problem type. */
    public ProblemType type() {
        return type;
    }
}

package dev.homeroom.platform.problem;

import dev.homeroom.contracts.problem.ProblemType;
import java.util.Map;

/**
 * Ends a request with a problem. Thrown anywhere below an HTTP resource; it carries no stack trace, as it is an answer and
 * not a defect.
 */
public final class ProblemException extends RuntimeException {
    private final transient Problem problem;

    /** With the type's title as the only words. */
    public ProblemException(ProblemType type, String detail) {
        this(type, detail, Map.of());
    }

    /**
     * @param detail what happened this time, for people; no internals
     * @param extras further members of the body; neither keys nor values may be null
     */
    public ProblemException(ProblemType type, String detail, Map<String, Object> extras) {
        this(Problem.of(type, detail, extras));
    }

    /** With a ready problem, such as one that another service answered with. */
    public ProblemException(Problem problem) {
        super(problem.type() + ": " + problem.detail(), null, false, false);
        this.problem = problem;
    }

    /** What the caller is told. */
    public Problem problem() {
        return problem;
    }
}

package dev.homeroom.client;

import dev.homeroom.contracts.problem.ProblemType;
import java.util.List;

/** The coordinator refused. Decide by {@link #is}, never by the words. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    /** Of a refusal. */
    public ProblemException(Problem problem) {
        super(problem.title() + ": " + problem.detail());
        this.problem = problem;
    }

    /** All that was said. */
    public Problem problem() {
        return problem;
    }

    /** {@code urn:homeroom:problem:<name>}. */
    public String type() {
        return problem.type();
    }

    /** The same for every occurrence of the type. */
    public String title() {
        return problem.title();
    }

    /** What happened this time, for people. */
    public String detail() {
        return problem.detail();
    }

    /** The HTTP status. */
    public int status() {
        return problem.status();
    }

    /** What to do now. */
    public List<String> next() {
        return problem.next();
    }

    /** Whether it is a problem of this type. */
    public boolean is(ProblemType type) {
        return type.urn().equals(problem.type());
    }

    /** Whether the session itself is over or belongs to another process now: no request of it will succeed again. */
    public boolean endsSession() {
        return is(ProblemType.SESSION_ENDED) || is(ProblemType.STALE_INCARNATION);
    }

    /** Whether the same request may be sent again as it is: it was too much, or a part on the way was missing or too slow. */
    public boolean isRepeatable() {
        return switch (problem.status()) {
            case 429, 502, 503, 504 -> true;
            default -> false;
        };
    }
}

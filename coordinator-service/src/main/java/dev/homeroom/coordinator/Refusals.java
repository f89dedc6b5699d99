package dev.homeroom.coordinator;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.coordinator.core.Rejection;

/** The one place that says which problem type stands for a rejection, or for the lack of an answer. */
public final class Refusals {
    /** After how many milliseconds to try again when there is no leader: about an election. */
    public static final long RETRY_ELECTION_MS = 500;
    /** And when too much waits: long enough for the queue to empty. */
    public static final long RETRY_OVERLOAD_MS = 200;

    /** How soon to look again at what is held, in milliseconds: its holder may give it back any time. */
    private static final long RETRY_HELD_MS = 1_000;

    private Refusals() {}

    /** The problem type of a rejection. */
    public static ProblemType typeOf(Rejection.Reason reason) {
        return switch (reason) {
            case INVALID -> ProblemType.INVALID;
            case MANAGED_BY_QUEUE -> ProblemType.MANAGED_BY_QUEUE;
            case UNKNOWN_SESSION, NOT_FOUND -> ProblemType.NOT_FOUND;
            case HELD -> ProblemType.HELD;
            case DEADLOCK -> ProblemType.DEADLOCK;
            case NONE_AVAILABLE -> ProblemType.NONE_AVAILABLE;
            case STALE_TOKEN -> ProblemType.STALE_TOKEN;
            case STALE_INCARNATION -> ProblemType.STALE_INCARNATION;
            case SESSION_ENDED -> ProblemType.SESSION_ENDED;
            case REQUEST_TOO_OLD -> ProblemType.REQUEST_TOO_OLD;
            case REQUEST_REUSED -> ProblemType.IDEMPOTENCY_KEY_REUSED;
            case TOO_MANY -> ProblemType.TOO_MANY;
            case STALE_TERM -> ProblemType.NOT_LEADER;
        };
    }

    /** The problem type of a command without an answer. */
    public static ProblemType typeOf(Unanswered.Reason reason) {
        return switch (reason) {
            case OVERLOADED -> ProblemType.OVERLOADED;
            case NO_LEADER -> ProblemType.NOT_LEADER;
            case TOO_LARGE -> ProblemType.TOO_LARGE;
            case INDETERMINATE -> ProblemType.TIMEOUT;
        };
    }

    /** When to try again, in milliseconds; 0 = there is no use in it, or at once. */
    public static long retryAfterMs(Rejection rejection) {
        return rejection.retryAfterMillis() == 0 && rejection.reason() == Rejection.Reason.HELD
                ? RETRY_HELD_MS
                : rejection.retryAfterMillis();
    }

    /** When to try again, in milliseconds; 0 = there is no use in it, or at once. */
    public static long retryAfterMs(Unanswered.Reason reason) {
        return switch (reason) {
            case OVERLOADED -> RETRY_OVERLOAD_MS;
            case NO_LEADER -> RETRY_ELECTION_MS;
            case TOO_LARGE, INDETERMINATE -> 0;
        };
    }
}

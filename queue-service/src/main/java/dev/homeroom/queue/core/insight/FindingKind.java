package dev.homeroom.queue.core.insight;

/** Every cause that {@code why} can name (R-Q9); {@code docs/queue-why.md} says of each what it means and what to do. */
public enum FindingKind {
    NOT_DUE("not-due"),
    DEADLINE_PASSED("deadline-passed"),
    HANDED_OVER("handed-over"),
    LIMIT_EXHAUSTED("limit-exhausted"),
    NO_SESSION("no-session"),
    NO_CAPABLE_SESSION("no-capable-session"),
    SESSIONS_BUSY("sessions-busy"),
    BEHIND_OTHERS("behind-others"),
    NOBODY_ASKS("nobody-asks"),
    READY("ready"),
    CLAIMED("claimed"),
    HOLDER_STALE("holder-stale"),
    RETRIES_EXHAUSTED("retries-exhausted"),
    NOT_RETRYABLE("not-retryable"),
    CANCELLED("cancelled"),
    SKIPPED("skipped"),
    COMPLETED("completed"),
    COORDINATOR_UNREACHABLE("coordinator-unreachable");

    private final String word;

    FindingKind(String word) {
        this.word = word;
    }

    /** The word in answers. */
    public String word() {
        return word;
    }
}

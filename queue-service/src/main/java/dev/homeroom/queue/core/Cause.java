package dev.homeroom.queue.core;

/** Why a task went from one state to the next. */
public enum Cause {
    ENQUEUED("enqueued"),
    CLAIMED("claimed"),
    COMPLETED("completed"),
    SKIPPED("skipped"),
    FAILED("failed"),
    RETRY("retry"),
    RELEASED("released"),
    SNOOZED("snoozed"),
    CANCELLED("cancelled"),
    EXPIRED("expired"),
    SESSION_FAILED("session-failed"),
    REPAIRED("repaired"),
    /** A task that was over is to be done after all: somebody asked for it. */
    RETRIED("retried"),
    /** Its deadline passed before it was done. */
    DEADLINE("deadline");

    private final String word;

    Cause(String word) {
        this.word = word;
    }

    /** The word in the history, in events and in answers. */
    public String word() {
        return word;
    }

    /** What an end of a grant is called in a task's history. */
    public static Cause ofGrantEnd(String reason) {
        return switch (reason) {
            case "session-failed", "session-released", "superseded" -> SESSION_FAILED;
            case "released" -> RELEASED;
            // Expired, or taken from a session that never heard of it or lost it: the words of the end say which.
            default -> EXPIRED;
        };
    }
}

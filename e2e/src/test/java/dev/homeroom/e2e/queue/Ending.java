package dev.homeroom.e2e.queue;

import java.util.Locale;

/** How a holder ends its attempt. */
enum Ending {
    COMPLETE("completed"),
    SKIP("skipped"),
    FAIL("failed", "retry"),
    SNOOZE("snoozed"),
    RELEASE("released");

    private final String cause;
    private final String otherCause;

    Ending(String cause) {
        this(cause, cause);
    }

    Ending(String cause, String otherCause) {
        this.cause = cause;
        this.otherCause = otherCause;
    }

    /** The last part of its path. */
    String verb() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a step with this cause is what it leaves behind. */
    boolean leaves(String what) {
        return what.equals(cause) || what.equals(otherCause);
    }

    /** Whether the task is over for sure. */
    boolean isLast() {
        return this == COMPLETE || this == SKIP;
    }
}

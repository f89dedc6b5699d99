package dev.homeroom.e2e.queue;

import java.util.Locale;
import java.util.Set;

/** How a holder ends its attempt. */
enum Ending {
    COMPLETE("completed"),
    SKIP("skipped"),
    FAIL("failed", "retry"),
    SNOOZE("snoozed"),
    RELEASE("released");

    private final Set<String> causes;

    Ending(String... causes) {
        this.causes = Set.of(causes);
    }

    /** The last part of its path. */
    String verb() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a step with this cause is what it leaves behind. */
    boolean leaves(String cause) {
        return causes.contains(cause);
    }

    /** Whether the task is over for sure. */
    boolean isLast() {
        return this == COMPLETE || this == SKIP;
    }
}

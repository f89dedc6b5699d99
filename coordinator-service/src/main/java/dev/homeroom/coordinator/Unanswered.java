package dev.homeroom.coordinator;

import java.util.List;

/** A command got no answer. Cheap to make: it carries no stack. */
public final class Unanswered extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient List<String> next;

    /** Why, and thereby whether the command may have been executed. */
    public enum Reason {
        /** Too much waits here already; the command was not executed. */
        OVERLOADED,
        /** No leader is known, or it just changed; the command was not executed. */
        NO_LEADER,
        /** The command is larger than a log entry may be; it was not executed. */
        TOO_LARGE,
        /** It is unknown whether the command was, or will be, executed: repeat it under the same name. */
        INDETERMINATE
    }

    /** With the reason and, for people, what happened. */
    public Unanswered(Reason reason, String message) {
        this(reason, message, List.of());
    }

    /** And with what to do next, for people. */
    public Unanswered(Reason reason, String message, List<String> next) {
        super(message, null, false, false);
        this.reason = reason;
        this.next = List.copyOf(next);
    }

    /** What to do next, if more than to try again is known; for people. */
    public List<String> next() {
        return next;
    }

    /** Why there is no answer. */
    public Reason reason() {
        return reason;
    }
}

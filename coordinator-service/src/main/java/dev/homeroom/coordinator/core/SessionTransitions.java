package dev.homeroom.coordinator.core;

import static dev.homeroom.coordinator.core.Transitions.NOTHING;

import dev.homeroom.coordinator.core.Transitions.Row;
import java.util.List;

/** The part of {@link Transitions} about the status of sessions. */
final class SessionTransitions {
    /** What the others call time that passes. */
    static final String TIME = "time passed";

    private SessionTransitions() {}

    static void add(List<Row> rows) {
        String starting = Status.STARTING.label();
        String active = Status.ACTIVE.label();
        String idle = Status.IDLE.label();
        String stale = Status.STALE.label();
        String failed = Status.FAILED.label();
        String released = Status.RELEASED.label();

        row(rows, NOTHING, "registered", starting, "it is new, or was forgotten");
        row(rows, failed, "registered", starting, "another instance, the next incarnation");
        row(rows, released, "registered", starting, "another instance, the next incarnation");

        row(rows, starting, "heartbeat", active, "its first sign of life");
        row(rows, idle, "heartbeat", active, "with progress");
        row(rows, stale, "heartbeat", active, "alive again, and holds something or made progress lately");
        row(rows, stale, "heartbeat", idle, "alive again, holds nothing");

        row(rows, starting, "granted", active, "it asked for it: its first sign of life");
        row(rows, idle, "granted", active, "who holds a grant is at work");
        row(rows, stale, "granted", active, "who gets a grant makes progress");

        row(rows, starting, "confirmed", active, "it knows of a task that was pushed to it: its first sign of life");
        row(rows, stale, "confirmed", active, "the same, after the launch grace");

        row(rows, active, "grant ended", idle, "the last one, without progress lately");
        row(rows, stale, "grant ended", active, "given back: that is progress");
        row(rows, stale, "grant ended", idle, "the last one, on which it made no progress");

        row(rows, starting, TIME, stale, "no sign of life in the launch grace");
        row(rows, active, TIME, idle, "holds nothing, and made no progress for the idle time");
        row(rows, active, TIME, stale, "no heartbeat, or no progress with what it holds, for the stale time");
        row(rows, idle, TIME, stale, "no heartbeat for the stale time");

        for (String from : List.of(starting, active, idle, stale)) {
            row(rows, from, EndReason.RELEASED.label(), released, "it was unregistered");
            row(rows, from, EndReason.SUPERSEDED.label(), released, "another instance was registered");
            if (!from.equals(starting)) {
                row(rows, from, EndReason.SESSION_FAILED.label(), failed, "its lease ran out");
            }
        }
        row(rows, failed, "forgotten", NOTHING, "its end is long ago, or too many ended since");
        row(rows, released, "forgotten", NOTHING, "its end is long ago, or too many ended since");
    }

    private static void row(List<Row> rows, String from, String event, String to, String when) {
        rows.add(new Row(Transitions.Subject.SESSION, from, event, to, when));
    }
}

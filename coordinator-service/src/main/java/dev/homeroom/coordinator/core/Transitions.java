package dev.homeroom.coordinator.core;

import java.util.ArrayList;
import java.util.List;

/**
 * What can happen to what, as data. Tests hold every event of their logs against it, and {@code
 * docs/coordinator-states.md} is made of it.
 */
public final class Transitions {
    /** What has states. */
    public enum Subject {
        /** One of all incarnations. */
        SESSION(
                "Sessions",
                "The status is computed whenever it is asked for, so time alone changes it too. Only changes are listed."),
        /** A lock or a claim. */
        RESOURCE("Locks and claims", "A resource nobody holds, waits for or delays is not stored at all."),
        /** A holder's right to a resource. */
        GRANT("Grants", "Every end moves the first of the queue up; the fencing token is never used again."),
        /** A request in the queues of its resources. */
        WAITER("Waiters", "Each ends once, with the answer of its request.");

        private final String title;
        private final String remark;

        Subject(String title, String remark) {
            this.title = title;
            this.remark = remark;
        }

        /** Its heading. */
        public String title() {
            return title;
        }

        /** A sentence about all of it. */
        public String remark() {
            return remark;
        }
    }

    /**
     * One transition.
     *
     * @param from a state; {@link #NOTHING}: it did not exist
     * @param event what happened
     * @param to a state; {@link #NOTHING}: it does not exist any more
     * @param when for people
     */
    public record Row(Subject subject, String from, String event, String to, String when) {}

    /** Before the beginning and after the end. */
    public static final String NOTHING = "[*]";

    private static final String FREE = "free";
    private static final String HELD = "held";
    private static final String DELAYED = "delayed";
    private static final String PROVISIONAL = "provisional";
    private static final String WAITING = "waiting";

    /** All of them, in the order of the page. */
    public static final List<Row> ALL = all();

    private Transitions() {}

    private static List<Row> all() {
        List<Row> rows = new ArrayList<>();
        SessionTransitions.add(rows);
        resources(rows);
        grants(rows);
        waiters(rows);
        return List.copyOf(rows);
    }

    private static void resources(List<Row> rows) {
        Subject subject = Subject.RESOURCE;
        rows.add(new Row(
                subject, FREE, "granted", HELD, "to whoever asks while nobody waits, or to the first who waits"));
        rows.add(new Row(
                subject, HELD, "ended", FREE, "given back, stolen or forced to be acquired, or without a lock-delay"));
        rows.add(new Row(subject, HELD, "ended", DELAYED, "by anything else, with a lock-delay"));
        rows.add(new Row(subject, DELAYED, "delay over", FREE, "the lock-delay has passed"));
        rows.add(new Row(
                subject, DELAYED, "granted", HELD, "by force; or the delay has passed and was not swept away yet"));
    }

    private static void grants(List<Row> rows) {
        Subject subject = Subject.GRANT;
        rows.add(new Row(subject, NOTHING, "granted", HELD, "asked for and free"));
        rows.add(new Row(subject, NOTHING, "granted", PROVISIONAL, "given to a waiter, or pushed to a session"));
        rows.add(new Row(subject, PROVISIONAL, "confirmed", HELD, "the session has shown that it knows of it"));
        rows.add(new Row(subject, PROVISIONAL, "renewed", HELD, "who renews it knows of it"));
        rows.add(new Row(subject, PROVISIONAL, "offered", PROVISIONAL, "its request was asked and answered again"));
        rows.add(new Row(subject, HELD, "renewed", HELD, "its deadline moved"));
        rows.add(new Row(subject, HELD, "checked", HELD, "looked at before its deadline"));
        ends(rows, HELD);
        ends(rows, PROVISIONAL);
        rows.add(new Row(
                subject,
                PROVISIONAL,
                EndReason.UNCONFIRMED.label(),
                NOTHING,
                "nobody showed in time that he knows of it, or its client went away"));
    }

    private static void ends(List<Row> rows, String from) {
        for (EndReason reason : EndReason.values()) {
            if (reason != EndReason.UNCONFIRMED) {
                rows.add(new Row(Subject.GRANT, from, reason.label(), NOTHING, when(reason)));
            }
        }
    }

    private static String when(EndReason reason) {
        return switch (reason) {
            case RELEASED -> "its holder gave it back";
            case EXPIRED -> "its deadline passed";
            case SESSION_FAILED -> "the lease of its session ran out";
            case SESSION_RELEASED -> "its session was unregistered";
            case SUPERSEDED -> "its session was registered anew";
            case UNCONFIRMED -> "nobody showed that he knows of it";
            case STOLEN -> "its session was stale, and another one took it";
            case FORCED -> "an operator took it, or one who may force";
            case CANCELLED -> "its task was called off by somebody else";
        };
    }

    private static void waiters(List<Row> rows) {
        Subject subject = Subject.WAITER;
        rows.add(new Row(subject, NOTHING, "queued", WAITING, "not to be had, and the request may wait"));
        rows.add(new Row(subject, WAITING, "submitted again", WAITING, "keeps its place; only the latest may cancel"));
        rows.add(new Row(subject, WAITING, "granted", NOTHING, "first in every queue, and everything is free"));
        rows.add(new Row(subject, WAITING, "cancelled", NOTHING, "its client went away"));
        rows.add(new Row(subject, WAITING, "HELD", NOTHING, "its time ran out"));
        rows.add(new Row(
                subject, WAITING, "SESSION_ENDED", NOTHING, "its session ended, or its lease was over at its turn"));
        rows.add(new Row(subject, WAITING, "DEADLOCK", NOTHING, "it came to wait for itself, through others"));
        rows.add(new Row(subject, WAITING, "REQUEST_TOO_OLD", NOTHING, "its session went on without it"));
        rows.add(new Row(subject, WAITING, "TOO_MANY", NOTHING, "at its turn its session held as much as it may"));
    }
}

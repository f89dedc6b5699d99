package dev.homeroom.coordinator.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a command changed nothing.
 *
 * @param detail for people: what happened and what to do
 * @param holder who holds the resource, with {@link Reason#HELD} and {@link Reason#STALE_TOKEN} when somebody does
 * @param queuePosition with {@link Reason#HELD}: the place a waiter would get, from 1; else 0
 * @param retryAfterMillis when it may be worth to ask again; 0 = not said
 * @param cycle with {@link Reason#DEADLOCK}: who waits for whom, one sentence each, the newcomer first, at most
 *     {@link Bounds#CYCLE} and how many more; else empty
 */
public record Rejection(
        Reason reason,
        String detail,
        @Nullable Holder holder,
        int queuePosition,
        long retryAfterMillis,
        List<String> cycle) {
    /** Without a place in a queue. */
    public Rejection(Reason reason, String detail, @Nullable Holder holder) {
        this(reason, detail, holder, 0, 0, List.of());
    }

    /** What programs decide by. */
    public enum Reason {
        /** A value is missing or out of bounds. */
        INVALID,
        /** Only queue-service changes claims of tasks. */
        MANAGED_BY_QUEUE,
        /** No such session. */
        UNKNOWN_SESSION,
        /** No such resource, or nobody holds it. */
        NOT_FOUND,
        /** Somebody else holds it, or no permit is left. */
        HELD,
        /** Waiting would close a circle of waiters. */
        DEADLOCK,
        /** No session may take the task now. */
        NONE_AVAILABLE,
        /** The token is not the current one. */
        STALE_TOKEN,
        /** The session was registered anew. */
        STALE_INCARNATION,
        /** The session has failed or was released. */
        SESSION_ENDED,
        /** The answer of this request is not kept any more; it was not executed. */
        REQUEST_TOO_OLD,
        /** The request id was used for something else. */
        REQUEST_REUSED,
        /** A bound of the state would be passed. */
        TOO_MANY,
        /** From a leader whose term is over; only leaders see it. */
        STALE_TERM
    }

    /** A rejection without a holder. */
    public static Rejection of(Reason reason, String detail) {
        return new Rejection(reason, detail, null);
    }
}

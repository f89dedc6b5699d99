package dev.homeroom.coordinator.core;

/**
 * How an exactly-once request of a session names itself.
 *
 * @param seq 1, 2, 3 … per incarnation; 0 = no such promise
 * @param unanswered the lowest seq still open at the client, at most {@code seq}; 0 = not said
 */
public record Request(long seq, long unanswered) {
    /** Without the promise of exactly once. */
    public static final Request NONE = new Request(0, 0);
}

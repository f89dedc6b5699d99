package dev.homeroom.queue.core;

/**
 * How an exactly-once request names itself within its session's incarnation.
 *
 * @param seq 1, 2, 3 …; 0: the request makes no such promise
 * @param unanswered the lowest seq whose answer the session still waits for
 */
public record RequestId(long seq, long unanswered) {
    /** A request without the promise. */
    public static final RequestId NONE = new RequestId(0, 0);

    /** Whether a repeat of this request gets the first answer. */
    public boolean recognisable() {
        return seq > 0;
    }
}

package dev.homeroom.metrics.scorecard;

/** Data that the scorecard cannot use; the message says in one sentence which and why. */
public final class UnreadableHomeworkException extends RuntimeException {
    UnreadableHomeworkException(String message) {
        super(message);
    }
}

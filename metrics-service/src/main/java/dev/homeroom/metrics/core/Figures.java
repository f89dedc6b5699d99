package dev.homeroom.metrics.core;

/**
 * Additive figures.
 *
 * @param events metric events
 * @param errors error events and failed attempts
 * @param attempts attempts and submissions
 * @param successes those that succeeded
 * @param hints hints taken
 */
public record Figures(long events, long errors, long attempts, long successes, long hints) {
    /** The figures of one event. */
    public static Figures of(Observed event) {
        return new Figures(
                1,
                event.failed() ? 1 : 0,
                event.attempt() ? 1 : 0,
                event.succeeded() ? 1 : 0,
                event.kind() == EventKind.HINT ? 1 : 0);
    }

    /** The figures of both. */
    public Figures plus(Figures other) {
        return new Figures(
                events + other.events,
                errors + other.errors,
                attempts + other.attempts,
                successes + other.successes,
                hints + other.hints);
    }
}

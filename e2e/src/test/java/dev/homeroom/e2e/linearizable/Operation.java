package dev.homeroom.e2e.linearizable;

import org.jspecify.annotations.Nullable;

/**
 * One operation as its client saw it.
 *
 * @param client who asked
 * @param input what was asked
 * @param invoked when, in nanoseconds of one clock for all clients
 * @param output the answer; null: none was seen, so it may have taken effect at any time from {@code invoked} to
 *     {@code returned}, or not at all
 * @param returned when the answer was there; without one, when it was certain that it cannot take effect any more, which
 *     may be {@link #NEVER}
 */
public record Operation<I, O>(
        int client, I input, long invoked, @Nullable O output, long returned) {
    /** The end of an operation that may take effect for ever. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Checks that the times fit together. */
    public Operation {
        if (returned < invoked || (output != null && returned == NEVER)) {
            throw new IllegalArgumentException("not an operation: " + input + " " + invoked + " " + returned);
        }
    }

    /** One whose answer nobody saw, and which may still take effect. */
    public static <I, O> Operation<I, O> open(int client, I input, long invoked) {
        return new Operation<>(client, input, invoked, null, NEVER);
    }

    /** Whether nobody saw an answer. */
    public boolean isUnseen() {
        return output == null;
    }
}

package dev.homeroom.e2e.linearizable;

import org.jspecify.annotations.Nullable;

/**
 * One operation as its client saw it.
 *
 * @param client who asked
 * @param input what was asked
 * @param invoked when, in nanoseconds of one clock for all clients
 * @param output the answer; null: none was seen, so it may take effect at any time after {@code invoked}, or never
 * @param returned when the answer was there; {@link #NEVER} without one
 */
public record Operation<I, O>(
        int client, I input, long invoked, @Nullable O output, long returned) {
    /** The return of an operation without an answer. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Checks that the times fit together. */
    public Operation {
        if (returned < invoked || (output == null) != (returned == NEVER)) {
            throw new IllegalArgumentException("not an operation: " + input + " " + invoked + " " + returned);
        }
    }

    /** One whose answer nobody saw. */
    public static <I, O> Operation<I, O> open(int client, I input, long invoked) {
        return new Operation<>(client, input, invoked, null, NEVER);
    }

    /** Whether nobody saw an answer. */
    public boolean isOpen() {
        return output == null;
    }
}

package dev.homeroom.queue.core;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How the holder of a task finishes its attempt. */
public sealed interface Outcome {
    /** Done; {@code result} is JSON. */
    record Complete(@Nullable String result) implements Outcome {}

    /** Not needed. */
    record Skip(@Nullable String reason) implements Outcome {}

    /**
     * Did not work; another attempt follows if it is retryable, attempts are left and the deadline has not passed.
     *
     * @param retryAfter when it may be tried again, from now on; null: as the policy says
     */
    record Fail(
            @Nullable String reason,
            boolean retryable,
            @Nullable Duration retryAfter) implements Outcome {
        /** Tried again when the policy says. */
        public Fail(@Nullable String reason, boolean retryable) {
            this(reason, retryable, null);
        }
    }

    /** Handed back unbegun: due at once, the attempt does not count. After its deadline it has failed instead. */
    record Release() implements Outcome {}

    /** Handed back until later: the attempt does not count. After its deadline it has failed instead. */
    record Snooze(Duration delay) implements Outcome {}

    /** Called off. */
    record Cancel(@Nullable String reason) implements Outcome {}

    /** The word of the operation, as the statement and the API name it. */
    default String word() {
        return switch (this) {
            case Complete _ -> "complete";
            case Skip _ -> "skip";
            case Fail _ -> "fail";
            case Release _ -> "release";
            case Snooze _ -> "snooze";
            case Cancel _ -> "cancel";
        };
    }

    /** What the attempt counts as in the statistics of its session. */
    default Hold.Result counts() {
        return switch (this) {
            case Complete _, Skip _ -> Hold.Result.DONE;
            case Fail _ -> Hold.Result.FAILED;
            case Release _, Snooze _, Cancel _ -> Hold.Result.NONE;
        };
    }

    /** The worker's words, if it had any. */
    default @Nullable String words() {
        return switch (this) {
            case Skip skip -> skip.reason();
            case Fail fail -> fail.reason();
            case Cancel cancel -> cancel.reason();
            case Complete _, Release _, Snooze _ -> null;
        };
    }

    /** Whether a transition with this cause is what such an outcome leaves behind: a repeat is recognised by it. */
    default boolean leaves(String cause) {
        return switch (this) {
            case Complete _ -> cause.equals(Cause.COMPLETED.word());
            case Skip _ -> cause.equals(Cause.SKIPPED.word());
            case Fail _ -> cause.equals(Cause.FAILED.word()) || cause.equals(Cause.RETRY.word()) || late(cause);
            case Release _ -> cause.equals(Cause.RELEASED.word()) || late(cause);
            case Snooze _ -> cause.equals(Cause.SNOOZED.word()) || late(cause);
            case Cancel _ -> cause.equals(Cause.CANCELLED.word());
        };
    }

    private static boolean late(String cause) {
        return cause.equals(Cause.DEADLINE.word());
    }
}

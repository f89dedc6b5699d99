package dev.homeroom.queue.core.insight;

import dev.homeroom.queue.core.Holder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One cause of a task's standing, with what proves it; {@link Words} puts it into sentences. */
public sealed interface Finding {
    /** Which cause it is. */
    FindingKind kind();

    /** Since when, where that is known. */
    default @Nullable Instant since() {
        return null;
    }

    /** Until when, where that is known. */
    default @Nullable Instant until() {
        return null;
    }

    /** Why a task is not due. */
    enum Because {
        DELAY("delay"),
        SNOOZE("snooze"),
        BACKOFF("backoff");

        private final String word;

        Because(String word) {
            this.word = word;
        }

        /** The word in answers. */
        public String word() {
            return word;
        }
    }

    /** How row and coordinator differ about a claim. */
    enum Difference {
        /** The row is pending, the coordinator has granted it. */
        ROW_BEHIND,
        /** The row is claimed, the coordinator knows no such grant. */
        GRANT_GONE
    }

    /**
     * An attempt that did not work.
     *
     * @param attempt 1 for the first
     * @param at when it ended
     * @param cause the history's word: failed, retry, expired, session-failed, repaired
     * @param error the worker's words
     */
    record Failure(
            int attempt, Instant at, String cause, @Nullable String error) {}

    /** It is not due. */
    record NotDue(Because because, @Nullable Instant since, Instant until, Duration left) implements Finding {
        @Override
        public FindingKind kind() {
            return FindingKind.NOT_DUE;
        }
    }

    /** Its deadline has passed; {@code over}: the queue has ended it for that. */
    record DeadlinePassed(Instant since, boolean over) implements Finding {
        @Override
        public FindingKind kind() {
            return FindingKind.DEADLINE_PASSED;
        }
    }

    /** Row and coordinator do not agree: something is under way, or was lost and will be repaired {@code within}. */
    record HandedOver(
            Difference difference, long rowToken, @Nullable HeldBy grant, Duration within) implements Finding {
        @Override
        public FindingKind kind() {
            return FindingKind.HANDED_OVER;
        }
    }

    /** Who holds the grant that the row does not show. */
    record HeldBy(long token, Holder holder) {}

    /**
     * A limit it needs has no free permit.
     *
     * @param use the limit; its holders took permits for themselves
     * @param tasks tasks that have a permit with their claim, at most {@link Facts#MOST_LIMIT_TASKS}
     */
    record LimitExhausted(LimitUse use, List<HeldRow> tasks) implements Finding {
        @Override
        public FindingKind kind() {
            return FindingKind.LIMIT_EXHAUSTED;
        }
    }

    /** There is no live session at all. */
    record NoSession() implements Finding {
        @Override
        public FindingKind kind() {
            return FindingKind.NO_SESSION;
        }
    }

    /** No live session can do it; {@code missing} is what none of them can do. */
    record NoCapableSession(List<String> needed, List<String> missing, Sessions sessions) implements Finding {
        @Override
        public FindingKind kind() {
            return FindingKind.NO_CAPABLE_SESSION;
        }
    }

    /** Sessions could do it, but all of them are full or stale. */
    record SessionsBusy(Sessions sessions) implements Finding {
        @Override
        public FindingKind kind() {
            return FindingKind.SESSIONS_BUSY;
        }
    }

    /** Others would be taken before it. */
    record BehindOthers(Line line, @Nullable Instant since) implements Finding {
        @Override
        public FindingKind kind() {
            return FindingKind.BEHIND_OTHERS;
        }
    }

    /** No claim that waits in this replica takes such a task; {@code others} wait for something else. */
    record NobodyAsks(String type, @Nullable String lesson, int others) implements Finding {
        @Override
        public FindingKind kind() {
            return FindingKind.NOBODY_ASKS;
        }
    }

    /** It is ready; {@code asking} claims wait in this replica that take such a task. */
    record Ready(@Nullable Instant since, int asking, boolean first) implements Finding {
        @Override
        public FindingKind kind() {
            return FindingKind.READY;
        }
    }

    /** Somebody works on it. */
    record Claimed(
            Holder holder,
            @Nullable Instant since,
            @Nullable Instant until,
            @Nullable Duration held,
            int attempt,
            int maxAttempts)
            implements Finding {
        @Override
        public FindingKind kind() {
            return FindingKind.CLAIMED;
        }
    }

    /** Its holder shows no progress. */
    record HolderStale(Holder holder, @Nullable Instant until) implements Finding {
        @Override
        public FindingKind kind() {
            return FindingKind.HOLDER_STALE;
        }
    }

    /** It failed for good after all its attempts. */
    record RetriesExhausted(Instant since, int attempts, List<Failure> errors) implements Finding {
        @Override
        public FindingKind kind() {
            return FindingKind.RETRIES_EXHAUSTED;
        }
    }

    /** It failed for good because the worker said that trying again is of no use. */
    record NotRetryable(Instant since, int attempt, int maxAttempts, List<Failure> errors) implements Finding {
        @Override
        public FindingKind kind() {
            return FindingKind.NOT_RETRYABLE;
        }
    }

    /** It was called off; {@code session}: who held it then. */
    record Cancelled(
            Instant since,
            @Nullable String by,
            @Nullable String session,
            @Nullable String reason) implements Finding {
        @Override
        public FindingKind kind() {
            return FindingKind.CANCELLED;
        }
    }

    /** It was skipped. */
    record Skipped(
            Instant since,
            @Nullable String session,
            @Nullable String reason) implements Finding {
        @Override
        public FindingKind kind() {
            return FindingKind.SKIPPED;
        }
    }

    /** It is done. */
    record Completed(Instant since, @Nullable String session, int attempt) implements Finding {
        @Override
        public FindingKind kind() {
            return FindingKind.COMPLETED;
        }
    }

    /** The coordinator does not answer, so that half of the truth is missing. */
    record CoordinatorUnreachable() implements Finding {
        @Override
        public FindingKind kind() {
            return FindingKind.COORDINATOR_UNREACHABLE;
        }
    }
}

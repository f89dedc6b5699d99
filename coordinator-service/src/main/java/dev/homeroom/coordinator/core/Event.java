package dev.homeroom.coordinator.core;

import java.util.List;
import java.util.Map;

/** What changes the state; made by a decision, applied by {@link Evolution}. Internal: the world hears of {@link Change}s. */
sealed interface Event {
    /** A new incarnation; an earlier one of the same id has ended before. */
    record SessionBegan(Session session) implements Event {}

    /** An incarnation ended; the ends of its grants follow. */
    record SessionEnded(String session, EndReason reason) implements Event {}

    /** A session that ended long ago is not remembered any more. */
    record SessionForgotten(String session) implements Event {}

    /** A heartbeat was taken. */
    record SessionBeat(String session, Life life, long unanswered, List<Notice> notices) implements Event {}

    /** The lease was looked at early: look again at its deadline. */
    record LeaseChecked(String session) implements Event {}

    /** A numbered request was answered. */
    record AnswerKept(String session, long unanswered, Ledger.Kept answer) implements Event {}

    /** A numbered request came to nothing: earlier answers are forgotten, its own is not kept. */
    record NothingKept(String session, long unanswered) implements Event {}

    /** A grant began, with its permits. */
    record GrantBegan(Grant grant, String by, String why) implements Event {
        GrantBegan(Grant grant) {
            this(grant, "", "");
        }
    }

    /** A grant's deadline moved. */
    record GrantRenewed(Grant grant, long deadline, long ttl) implements Event {}

    /** A grant was looked at early: look again at its deadline. */
    record GrantChecked(Grant grant) implements Event {}

    /** A grant ended, with its permits; a lock-delay may follow. */
    record GrantEnded(Grant grant, EndReason reason, String by, String why) implements Event {
        GrantEnded(Grant grant, EndReason reason) {
            this(grant, reason, "", "");
        }
    }

    /** The session of a provisional grant has shown that it knows of it, or nobody may cancel it any more. */
    record GrantConfirmed(Grant grant) implements Event {}

    /** A provisional grant was answered again. */
    record GrantOffered(Grant grant, Provision provision) implements Event {}

    /** A request began to wait. */
    record WaitBegan(Waiter waiter) implements Event {}

    /** A waiting request was submitted again. */
    record WaitAttached(Waiter waiter, String attachment) implements Event {}

    /** A wait ended; {@code kept}: the answer is that of its seq. */
    record WaitEnded(Waiter waiter, Answer answer, boolean kept) implements Event {}

    /** The answer of a numbered request is undone: asked again, it is executed again. */
    record AnswerForgotten(String session, long seq) implements Event {}

    /** A lock-delay is over. */
    record DelayEnded(Delay delay) implements Event {}

    /** A limit was set. */
    record LimitSet(String key, int permits) implements Event {}

    /** Tokens go on above the floor. */
    record TokenFloorRaised(long floor) implements Event {}

    /** Changes up to here are published. */
    record CursorMoved(Cursor cursor) implements Event {}

    /** The settings were replaced. */
    record Configured(Settings settings) implements Event {}

    /** A session reported its figures. */
    record UsageReported(String session, Map<String, Double> usage) implements Event {}

    /** A task's claim was released with an outcome, so many milliseconds after it was granted. */
    record OutcomeCounted(String session, TaskOutcome outcome, long millis) implements Event {}

    /** A task was pushed to a session, which must be told; its grant began. */
    record TaskAssigned(String session, Answer.Assignment assignment) implements Event {}

    /** An affinity was made or replaced. */
    record AffinityPut(Preference preference) implements Event {}

    /** An affinity was removed. */
    record AffinityRemoved(String id) implements Event {}

    /** The windows of an affinity opened or closed. */
    record AffinityTurned(String id, boolean open) implements Event {}

    /** A token bucket was made, or holds more or less. */
    record BucketChanged(Bucket bucket) implements Event {}

    /** A key has no token bucket any more. */
    record RateRemoved(String key) implements Event {}

    /** Log indexes are told apart from those of another history by a new epoch. */
    record EpochBegan(long epoch) implements Event {}

    /** A request outside sessions was executed. */
    record RequestSettled(String requestId, Command command, Answer answer) implements Event {}
}

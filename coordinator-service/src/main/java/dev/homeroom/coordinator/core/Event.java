package dev.homeroom.coordinator.core;

import java.util.List;

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
    record GrantBegan(Grant grant) implements Event {}

    /** A grant's deadline moved. */
    record GrantRenewed(Grant grant, long deadline, long ttl) implements Event {}

    /** A grant was looked at early: look again at its deadline. */
    record GrantChecked(Grant grant) implements Event {}

    /** A grant ended, with its permits. */
    record GrantEnded(Grant grant, EndReason reason) implements Event {}

    /** A limit was set. */
    record LimitSet(String key, int permits) implements Event {}

    /** Tokens go on above the floor. */
    record TokenFloorRaised(long floor) implements Event {}

    /** Changes up to here are published. */
    record CursorMoved(Cursor cursor) implements Event {}

    /** The settings were replaced. */
    record Configured(Settings settings) implements Event {}

    /** A request outside sessions was executed. */
    record RequestSettled(String requestId, Command command, Answer answer) implements Event {}
}

package dev.homeroom.queue.core;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Every way in which the queue refuses something. */
public sealed interface Rejection {
    /** There is no such task, or it was purged. */
    record NotFound(UUID task) implements Rejection {}

    /** A value is missing or not allowed. */
    record Invalid(String detail) implements Rejection {}

    /** A value is larger than its bound. */
    record TooLarge(String detail) implements Rejection {}

    /** The token is not that of the task's present claim, and no finish of this kind was made with it. */
    record StaleToken(
            UUID task, long token, String state, @Nullable Holder holder) implements Rejection {}

    /** Somebody else holds the task. */
    record Held(UUID task, @Nullable Holder holder) implements Rejection {}

    /**
     * The task waits, but this session does not get it now.
     *
     * @param why for people
     */
    record Ungranted(UUID task, String why) implements Rejection {}

    /** The task cannot be claimed before this time. */
    record NotDue(UUID task, Instant runAt) implements Rejection {}

    /** The task is over. */
    record Finished(UUID task, String state) implements Rejection {}

    /** The idempotency key belongs to a task with another type or payload. */
    record KeyReused(String key, UUID task, String type, String payload) implements Rejection {}

    /** The coordinator refused. */
    record Refused(CoordinatorProblem problem) implements Rejection {}

    /** More waits here than the bound allows. */
    record Overloaded(String what) implements Rejection {}

    /** A part that is needed cannot be reached; nothing happened, or a repeat is recognised. */
    record Unavailable(String what) implements Rejection {}

    /** No answer in time; whether it happened is unknown. */
    record TimedOut(String what) implements Rejection {}
}

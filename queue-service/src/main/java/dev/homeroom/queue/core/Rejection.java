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
    record KeyReused(String key, UUID task, String type, String payload, String sentType, String sentPayload)
            implements Rejection {}

    /** The deadline would be past before the task is due. */
    record DeadlinePassed(UUID task, Instant deadline) implements Rejection {}

    /** A task's lesson does not exist, and lessons are not made on the fly. */
    record UnknownLesson(String lesson) implements Rejection {}

    /** There is no such lesson. */
    record NoLesson(String lesson) implements Rejection {}

    /** A lesson of this name is there already, with other content. */
    record LessonExists(String lesson, int version) implements Rejection {}

    /** The lesson has another version than the request asked for; {@code present} is 0 when it does not exist. */
    record LessonChanged(String lesson, int expected, int present) implements Rejection {}

    /** The lesson cannot go: so many tasks of it are unfinished. */
    record LessonInUse(String lesson, long unfinished) implements Rejection {}

    /** A bound on a number would be passed. */
    record TooMany(String what, int most) implements Rejection {}

    /** The coordinator refused. */
    record Refused(CoordinatorProblem problem) implements Rejection {}

    /** More waits here than the bound allows. */
    record Overloaded(String what) implements Rejection {}

    /** A part that is needed cannot be reached; nothing happened, or a repeat is recognised. */
    record Unavailable(String what) implements Rejection {}

    /** No answer in time; whether it happened is unknown. */
    record TimedOut(String what) implements Rejection {}
}

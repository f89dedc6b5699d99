package dev.homeroom.queue.core;

/** What became of a {@link NewTask}. */
public sealed interface Enqueued {
    /** It is in the queue. */
    record Accepted(Task task) implements Enqueued {}

    /** Its key belongs to this task, which has the same content. */
    record Duplicate(Task task) implements Enqueued {}

    /** Its lesson does not exist; it is not stored. */
    record LessonUnknown(Rejection.UnknownLesson rejection) implements Enqueued {}

    /** Its key belongs to a task with other content. */
    record KeyTaken(Rejection.KeyReused rejection) implements Enqueued {}

    /** It was of no use any more when it came. */
    record Late(Rejection.Invalid rejection) implements Enqueued {}
}

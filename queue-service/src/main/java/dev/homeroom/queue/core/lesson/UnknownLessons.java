package dev.homeroom.queue.core.lesson;

/** What happens to a task whose lesson does not exist. */
public enum UnknownLessons {
    /** The lesson is made, with the defaults. */
    CREATE,
    /** The task is refused. */
    REFUSE
}

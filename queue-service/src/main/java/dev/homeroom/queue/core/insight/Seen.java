package dev.homeroom.queue.core.insight;

import org.jspecify.annotations.Nullable;

/** Something that happened to a task, as the statement that did it saw it; times are differences of the database's clock. */
public sealed interface Seen {
    /** The task's type. */
    String type();

    /** The lesson it belongs to. */
    @Nullable
    String lesson();

    /** It came in. */
    record Enqueued(String type, @Nullable String lesson) implements Seen {}

    /**
     * It was claimed.
     *
     * @param waitMillis since it was due. A task whose claim ended without its holder, or that was released, keeps the time
     *     at which it was due first
     */
    record Claimed(String type, @Nullable String lesson, long waitMillis) implements Seen {}

    /**
     * Its holder finished an attempt, or somebody called it off.
     *
     * @param event how
     * @param attempt the number of the attempt
     * @param over whether the task is over
     * @param runMillis since it was claimed; negative: it was not
     */
    record Finished(String type, @Nullable String lesson, Tally.Event event, int attempt, boolean over, long runMillis)
            implements Seen {}

    /** Its claim ended without its holder. */
    record Lost(String type, @Nullable String lesson) implements Seen {}
}

package dev.homeroom.metrics.core.detector;

import dev.homeroom.metrics.core.Observed;
import dev.homeroom.metrics.core.Subject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A rule that sees frustration of one student in one app. Pure: the same events in the same order give the same memory
 * and the same signal. It is shown events in event time order and keeps one memory for each subject; opening, closing and
 * calming down are not its business.
 *
 * @param <M> what it remembers of a subject: immutable, bounded, and of simple values, since it is stored
 */
public interface Detector<M extends Record> {
    /** The name in episodes, such as {@code repeated-errors}; also the name of its memory in the store. */
    String name();

    /** The class of its memory. */
    Class<M> memory();

    /** What {@code event} is about for this detector, or null when the event does not concern it. */
    @Nullable
    Subject subject(Observed event);

    /** The memory of a subject of which nothing was seen. */
    M fresh();

    /** The memory after {@code event}, which is not before any event seen. */
    M step(M memory, Observed event);

    /** What the memory says now, or null when it says nothing. */
    @Nullable
    Signal read(M memory);

    /** How long a subject may rest, in event time, before an open episode about it ends. */
    Duration quiet();
}

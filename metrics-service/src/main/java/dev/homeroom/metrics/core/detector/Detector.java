package dev.homeroom.metrics.core.detector;

import dev.homeroom.metrics.core.Observed;
import dev.homeroom.metrics.core.Subject;
import java.time.Duration;
import java.util.List;
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

    /**
     * How long a subject may rest, in event time, before an open episode about it ends: with its last event, or, where
     * silence is the signal, when that time is over. Longer than every rest of {@link #rests}.
     */
    Duration quiet();

    /**
     * The rests of a subject, in event time since its last event, after which silence itself says something: ascending, at
     * most a handful. None when silence is no signal. Nothing that a detector does depends on when anybody looked: a rest
     * that was over before the next event is read then at the latest, and by a tick of the clock when no event comes.
     */
    default List<Duration> rests() {
        return List.of();
    }

    /**
     * What the memory says once its subject has rested for {@code rest}, one of {@link #rests}; null when it says nothing.
     * The start of the signal must be the same for all rests of one silence. An episode that silence opened ends when
     * {@link #read} is silent, or calm, after the next event of the subject.
     */
    default @Nullable Signal silent(M memory, Duration rest) {
        return null;
    }

    /** What is kept of the memory when an episode has ended: nothing, unless the detector must know more to judge anew. */
    default M after(M memory) {
        return fresh();
    }

    /**
     * How long, in event time, the memory of a resting subject is worth keeping; afterwards the subject is as good as new. At
     * least as long as any event in it counts.
     */
    default Duration remembers() {
        return Duration.ofHours(24);
    }
}

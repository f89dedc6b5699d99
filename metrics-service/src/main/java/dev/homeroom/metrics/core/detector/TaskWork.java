package dev.homeroom.metrics.core.detector;

import dev.homeroom.metrics.core.Observed;
import dev.homeroom.metrics.core.PeerBook;
import dev.homeroom.metrics.core.Peers;
import dev.homeroom.metrics.core.Subject;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A student's work on an exercise, beside what is known of the class: the memory of the detectors that compare the two.
 *
 * @param solved whether an attempt has succeeded
 * @param best the best credit so far, 0 to 1
 * @param time on task, pauses counted as in {@link PeerBook}
 * @param peers the latest that was known of the class
 * @param last the latest attempts, oldest first, at most {@value Mark#FEW}; none once it is solved
 */
public record TaskWork(
        boolean solved,
        double best,
        Duration time,
        @Nullable Peers peers,
        List<Mark> last) {
    /** Nothing done. */
    static final TaskWork NONE = new TaskWork(false, 0, Duration.ZERO, null, List.of());

    /** The exercise of a judged attempt. */
    static @Nullable Subject subject(Observed event) {
        return event.target() != null && event.judged() ? Subject.target(event.target()) : null;
    }

    /** With one more attempt. What follows the first success changes nothing. */
    TaskWork and(Observed event) {
        if (solved) {
            return this;
        }
        Duration more =
                last.isEmpty() ? Duration.ZERO : PeerBook.pause(last.getLast().at(), event.at());
        if (event.succeeded()) {
            return new TaskWork(true, 1, time.plus(more), null, List.of());
        }
        Mark mark = new Mark(event.id(), event.at(), false);
        return new TaskWork(
                false,
                Math.max(best, event.credit()),
                time.plus(more),
                event.peers() == null ? peers : event.peers(),
                Mark.few(last, mark));
    }
}

package dev.homeroom.metrics.core.level;

import dev.homeroom.metrics.core.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How a student stands at a moment, by the signals that are open then, and when the level will rise because they last. As in
 * the view {@code metrics.student_level} of SQL, and so as in the API, the level before plays no part: whoever asks twice, or
 * folds the same events again, gets the same answer.
 *
 * @param level at that moment
 * @param rises afterwards, if nothing else changes; in order of time, each to a higher level than the one before
 */
public record Standing(Level level, List<Rise> rises) {
    public Standing {
        rises = List.copyOf(rises);
    }

    /**
     * A rise of the level by time alone.
     *
     * @param at from when on
     * @param level from then on
     */
    public record Rise(Instant at, Level level) {}

    /**
     * A signal that is open, whenever one looks.
     *
     * @param score as {@link OpenSignal#score}
     * @param weight as {@link OpenSignal#weight}
     * @param since event time of its first evidence
     */
    public record Lasting(double score, double weight, Instant since) {
        OpenSignal at(Instant now) {
            Duration lasting = Duration.between(since, now);
            return new OpenSignal(score, weight, lasting.isNegative() ? Duration.ZERO : lasting);
        }
    }

    /** How a student with these signals stands at {@code now}. */
    public static Standing of(Collection<Lasting> open, Instant now) {
        Level level = level(open, now);
        SortedSet<Instant> steps = steps(open, now);
        // Mostly no step changes anything: the last one tells.
        boolean rises = !steps.isEmpty() && level(open, steps.last()) != level;
        return new Standing(level, rises ? rises(open, level, steps) : List.of());
    }

    private static List<Rise> rises(Collection<Lasting> open, Level from, SortedSet<Instant> steps) {
        List<Rise> rises = new ArrayList<>();
        Level reached = from;
        for (Instant step : steps) {
            Level then = level(open, step);
            if (then.compareTo(reached) > 0) {
                rises.add(new Rise(step, then));
                reached = then;
            }
        }
        return rises;
    }

    /** When a signal reaches a step of the ladder after {@code now}. */
    private static SortedSet<Instant> steps(Collection<Lasting> open, Instant now) {
        SortedSet<Instant> steps = new TreeSet<>();
        for (Lasting signal : open) {
            for (Duration step : StudentLevel.LADDER) {
                Instant reached = signal.since().plus(step);
                if (reached.isAfter(now)) {
                    steps.add(reached);
                }
            }
        }
        return steps;
    }

    private static Level level(Collection<Lasting> open, Instant now) {
        return StudentLevel.of(open.stream().map(signal -> signal.at(now)).toList(), Level.NONE);
    }
}

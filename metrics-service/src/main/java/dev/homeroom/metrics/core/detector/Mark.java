package dev.homeroom.metrics.core.detector;

import dev.homeroom.metrics.core.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * An event that a detector keeps in its window.
 *
 * @param id of the event
 * @param at its event time
 * @param success how it ended
 */
public record Mark(UUID id, Instant at, boolean success) {
    /**
     * The most events that a rule keeps whose memory is long: each student has such a memory for each exercise and skill, and it is
     * written with every event. What led to an episode before them is in the store.
     */
    static final int FEW = 5;

    /** {@code marks} and {@code next} behind them, at most {@value #FEW} of them. */
    static List<Mark> few(List<Mark> marks, Mark next) {
        return append(marks, next, Instant.MIN, FEW);
    }

    /** {@code marks} and {@code next} behind them, without those before {@code since}, at most {@code bound} of them. */
    static List<Mark> append(List<Mark> marks, Mark next, Instant since, int bound) {
        List<Mark> kept = new ArrayList<>(Math.min(marks.size() + 1, bound));
        for (Mark mark : marks.subList(Math.max(0, marks.size() + 1 - bound), marks.size())) {
            if (!mark.at().isBefore(since)) {
                kept.add(mark);
            }
        }
        kept.add(next);
        return List.copyOf(kept);
    }

    /**
     * A signal that starts with the latest of {@code marks}: that of a rule which looks back for days and, by this event, came
     * to hold. An episode lasts from there, not from the first day.
     */
    static Signal signal(double score, List<Mark> marks, Supplier<Evidence> proof) {
        Mark latest = marks.getLast();
        return new Signal(score, latest.id(), latest.at(), proof);
    }

    static List<UUID> ids(List<Mark> marks) {
        return marks.stream().map(Mark::id).toList();
    }
}

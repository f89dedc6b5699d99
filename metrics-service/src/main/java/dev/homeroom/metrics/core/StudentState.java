package dev.homeroom.metrics.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What the fold remembers of a student of a classroom: a lane for each app. Immutable.
 *
 * @param lanes by app, the one not heard of for longest first, at most {@link FoldRules#MAX_LANES}; never changed once made
 */
public record StudentState(SequencedMap<String, Lane> lanes) {
    /** Nothing seen. */
    public static final StudentState NONE = new StudentState(new LinkedHashMap<>());

    /**
     * What came of an event or of a silence.
     *
     * @param state afterwards
     * @param revisions what is to be told, in order
     * @param late whether the event was too old to be folded
     */
    public record Outcome(StudentState state, List<EpisodeRevision> revisions, boolean late) {}

    /** Folds an event of the seat. */
    public Outcome observe(Fold fold, Seat seat, Observed event) {
        SequencedMap<String, Lane> next = new LinkedHashMap<>(lanes);
        Fold.Outcome outcome = fold.observe(seat, next.remove(seat.app()), event);
        next.put(seat.app(), outcome.lane());
        List<EpisodeRevision> revisions = new ArrayList<>(outcome.revisions());
        while (next.size() > FoldRules.MAX_LANES) {
            Map.Entry<String, Lane> eldest = next.pollFirstEntry();
            Seat forgotten = new Seat(seat.classroom(), seat.student(), eldest.getKey());
            revisions.addAll(fold.forget(forgotten, eldest.getValue(), event.receivedAt())
                    .revisions());
        }
        return new Outcome(new StudentState(next), revisions, outcome.late());
    }

    /** Tells what the silence of the student means at {@code now} of the clock. */
    public Outcome tick(Fold fold, Student student, Instant now) {
        SequencedMap<String, Lane> next = new LinkedHashMap<>();
        List<EpisodeRevision> revisions = new ArrayList<>();
        lanes.forEach((app, lane) -> {
            Fold.Outcome outcome = fold.tick(student.seat(app), lane, now);
            next.put(app, outcome.lane());
            revisions.addAll(outcome.revisions());
        });
        return new Outcome(new StudentState(next), revisions, false);
    }

    /** When, by the clock, silence of the student becomes worth a tick; null while it does not. */
    public @Nullable Instant tickAt(Fold fold, Student student) {
        Instant earliest = null;
        for (Map.Entry<String, Lane> entry : lanes.entrySet()) {
            Instant due = fold.tickAt(student.seat(entry.getKey()), entry.getValue());
            earliest = due != null && (earliest == null || due.isBefore(earliest)) ? due : earliest;
        }
        return earliest;
    }
}

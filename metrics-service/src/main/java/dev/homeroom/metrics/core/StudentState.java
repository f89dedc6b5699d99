package dev.homeroom.metrics.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What the fold remembers of a student of a classroom: a lane for each app, and one more where rules are on trial.
 * Immutable.
 *
 * @param lanes by app, the one not heard of for longest first, at most {@link FoldRules#MAX_LANES}; never changed once made
 * @param shadows the lanes of trials, by app; never changed once made
 */
public record StudentState(SequencedMap<String, Lane> lanes, Map<String, ShadowLane> shadows) {
    /** Nothing seen. */
    public static final StudentState NONE = new StudentState(new LinkedHashMap<>(), Map.of());

    /** Of a student without lanes. */
    private static final int BYTES = 500;

    /**
     * What came of an event or of a silence.
     *
     * @param state afterwards
     * @param revisions what is to be told, in order
     * @param shadows what rules on trial would have told, in order
     * @param late whether the event was too old to be folded
     */
    public record Outcome(
            StudentState state, List<EpisodeRevision> revisions, List<ShadowRevision> shadows, boolean late) {}

    /**
     * About how many bytes of memory it takes: an estimate by counting what there are most of, with sizes guided by one class
     * histogram of a service with 12,400 students in memory (64-bit, compressed pointers).
     */
    public int weight() {
        int weight = BYTES;
        for (Lane lane : lanes.values()) {
            weight += lane.weight();
        }
        for (ShadowLane shadow : shadows.values()) {
            weight += shadow.lane().weight();
        }
        return weight;
    }

    /** Folds an event of the seat. */
    public Outcome observe(Rulebook rules, Seat seat, Observed event) {
        return StudentRun.one(rules, this, seat, event);
    }

    /** Tells what the silence of the student means at {@code now} of the clock. */
    public Outcome tick(Rulebook rules, Student student, Instant now) {
        SequencedMap<String, Lane> next = new LinkedHashMap<>();
        List<EpisodeRevision> revisions = new ArrayList<>();
        Shadowing shadowing = new Shadowing(shadows);
        lanes.forEach((app, lane) -> {
            Seat seat = student.seat(app);
            Fold.Outcome outcome = rules.live(seat).tick(seat, lane, now);
            next.put(app, outcome.lane());
            revisions.addAll(outcome.revisions());
            shadowing.tick(rules.shadow(seat), seat, now);
        });
        StudentState state = new StudentState(next, shadowing.lanes());
        return new Outcome(state, state.among(revisions), shadowing.revisions(), false);
    }

    /** All that came of one silence is told with what is open after the whole of it. */
    private List<EpisodeRevision> among(List<EpisodeRevision> revisions) {
        if (revisions.isEmpty()) {
            return revisions;
        }
        List<Episode> open = lanes.values().stream()
                .flatMap(lane -> Lane.open(lane.announced()))
                .toList();
        return revisions.stream().map(revision -> revision.among(open)).toList();
    }

    /** When, by the clock, silence of the student becomes worth a tick; null while it does not. */
    public @Nullable Instant tickAt(Rulebook rules, Student student) {
        Instant earliest = null;
        for (Map.Entry<String, Lane> entry : lanes.entrySet()) {
            Seat seat = student.seat(entry.getKey());
            earliest = earlier(earliest, rules.live(seat).tickAt(seat, entry.getValue()));
            earliest = earlier(earliest, Shadowing.tickAt(shadows, rules.shadow(seat), seat));
        }
        return earliest;
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return one == null || (other != null && other.isBefore(one)) ? other : one;
    }
}

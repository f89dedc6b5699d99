package dev.homeroom.metrics.core;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * The state of a student in the making: folds events one after the other, each as {@link StudentState#observe} does, and copies
 * the state once, not for each. Not safe for several threads.
 */
public final class StudentRun {
    private final Rulebook rules;
    private final SequencedMap<String, Lane> before;
    private final SequencedMap<String, LaneRun> running = new LinkedHashMap<>();
    private Map<String, ShadowLane> shadows;

    /** Goes on from {@code from}, which stays as it is, by rules that are the same for the whole run. */
    public StudentRun(Rulebook rules, StudentState from) {
        this.rules = rules;
        this.before = new LinkedHashMap<>(from.lanes());
        this.shadows = from.shadows();
    }

    /**
     * Folds an event of the seat.
     *
     * @param revisions to which is added what is to be told
     * @param trials to which is added what rules on trial would have told
     * @return whether it was too old to be folded
     */
    public boolean observe(Seat seat, Observed event, List<EpisodeRevision> revisions, List<ShadowRevision> trials) {
        int told = revisions.size();
        LaneRun run = running.remove(seat.app());
        if (run == null) {
            run = rules.live(seat).run(seat, before.remove(seat.app()));
        }
        running.put(seat.app(), run);
        boolean late = run.observe(event, revisions);
        Rulebook.Trial trial = rules.shadow(seat);
        if (trial != null || !shadows.isEmpty()) {
            Shadowing shadowing = new Shadowing(shadows);
            shadowing.observe(trial, seat, event);
            shadows = shadowing.lanes();
            trials.addAll(shadowing.revisions());
        }
        while (before.size() + running.size() > FoldRules.MAX_LANES) {
            forgetEldest(seat, event, revisions);
        }
        if (revisions.size() > told) {
            List<Episode> open = open();
            revisions.subList(told, revisions.size()).replaceAll(revision -> revision.among(open));
        }
        return late;
    }

    /** All that came of one event is told with what is open after the whole of it. */
    private List<Episode> open() {
        Stream<Episode> untouched = before.values().stream().flatMap(lane -> Lane.open(lane.announced()));
        Stream<Episode> touched = running.values().stream().flatMap(run -> Lane.open(run.announced()));
        return Stream.concat(untouched, touched).toList();
    }

    /** Of the lanes that this run has not touched all are older than those that it has. */
    private void forgetEldest(Seat seat, Observed event, List<EpisodeRevision> revisions) {
        String app = before.isEmpty()
                ? running.sequencedKeySet().getFirst()
                : before.sequencedKeySet().getFirst();
        LaneRun run = running.remove(app);
        Lane lane = run == null ? Objects.requireNonNull(before.remove(app)) : run.lane();
        Seat forgotten = new Seat(seat.classroom(), seat.student(), app);
        revisions.addAll(rules.live(forgotten)
                .forget(forgotten, lane, event.receivedAt())
                .revisions());
        Shadowing shadowing = new Shadowing(shadows);
        shadowing.forget(forgotten);
        shadows = shadowing.lanes();
    }

    /** The state as it is now; with this the run is over. */
    public StudentState state() {
        SequencedMap<String, Lane> lanes = before;
        running.forEach((app, run) -> lanes.put(app, run.lane()));
        return new StudentState(lanes, shadows);
    }

    /** What one event makes of {@code from}. */
    static StudentState.Outcome one(Rulebook rules, StudentState from, Seat seat, Observed event) {
        List<EpisodeRevision> revisions = new ArrayList<>();
        List<ShadowRevision> trials = new ArrayList<>();
        StudentRun run = new StudentRun(rules, from);
        boolean late = run.observe(seat, event, revisions, trials);
        return new StudentState.Outcome(run.state(), revisions, trials, late);
    }
}

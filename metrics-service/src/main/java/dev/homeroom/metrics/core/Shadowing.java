package dev.homeroom.metrics.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Folds by rules on trial, beside the rules that hold. Not safe for several threads. */
final class Shadowing {
    private final Map<String, ShadowLane> lanes;
    private final List<ShadowRevision> revisions = new ArrayList<>();

    Shadowing(Map<String, ShadowLane> before) {
        this.lanes = new LinkedHashMap<>(before);
    }

    /** Folds an event; without a trial, what an earlier one left is dropped. */
    void observe(Rulebook.@Nullable Trial trial, Seat seat, Observed event) {
        if (trial == null) {
            lanes.remove(seat.app());
            return;
        }
        Lane before = lane(lanes, trial, seat);
        accept(trial, seat, trial.fold().observe(seat, before, event));
    }

    void tick(Rulebook.@Nullable Trial trial, Seat seat, Instant now) {
        Lane before = trial == null ? null : lane(lanes, trial, seat);
        if (trial != null && before != null) {
            accept(trial, seat, trial.fold().tick(seat, before, now));
        }
    }

    static @Nullable Instant tickAt(Map<String, ShadowLane> lanes, Rulebook.@Nullable Trial trial, Seat seat) {
        Lane lane = trial == null ? null : lane(lanes, trial, seat);
        return trial == null || lane == null ? null : trial.fold().tickAt(seat, lane);
    }

    void forget(Seat seat) {
        lanes.remove(seat.app());
    }

    private static @Nullable Lane lane(Map<String, ShadowLane> lanes, Rulebook.Trial trial, Seat seat) {
        ShadowLane known = lanes.get(seat.app());
        return known == null || known.trial() != trial.number() ? null : known.lane();
    }

    private void accept(Rulebook.Trial trial, Seat seat, Fold.Outcome outcome) {
        lanes.put(seat.app(), new ShadowLane(trial.number(), outcome.lane()));
        outcome.revisions().forEach(revision -> revisions.add(new ShadowRevision(trial.number(), revision)));
    }

    Map<String, ShadowLane> lanes() {
        return lanes.isEmpty() ? Map.of() : lanes;
    }

    List<ShadowRevision> revisions() {
        return revisions;
    }
}

package dev.homeroom.metrics.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A lane in the making: folds the events of a seat one after the other, each as {@link Fold#observe} does, without a copy of
 * the tracks for each. What was told is compared only where something changed that could be told. Not safe for several threads.
 */
final class LaneRun {
    private final RuleIndex rules;
    private final Seat seat;
    private final List<Observed> held;
    private final ProgressStep base;
    private ProgressStep live;
    private Map<UUID, Lane.Announced> announced;
    /** None until the first event of a seat that nothing was seen of. */
    private @Nullable SeatTime time;
    /** Whether {@code live} may say something else than was compared last. */
    private boolean news = true;

    /** Goes on from {@code from}, which stays as it is; null when nothing was seen of the seat. */
    LaneRun(RuleIndex rules, Seat seat, @Nullable Lane from) {
        this.rules = rules;
        this.seat = seat;
        this.held = from == null ? new ArrayList<>() : new ArrayList<>(from.held());
        this.base = new ProgressStep(rules, seat, from == null ? Progress.NONE : from.base());
        this.live = new ProgressStep(rules, seat, from == null ? Progress.NONE : from.live());
        this.announced = from == null ? Map.of() : from.announced();
        this.time = from == null ? null : from.time();
    }

    /** Folds an event, adding what is to be told; returns whether it was too old to be folded. */
    boolean observe(Observed event, List<EpisodeRevision> revisions) {
        SeatTime before =
                time == null ? SeatTime.startingWith(event, rules.rules().grace()) : time;
        SeatTime heard = before.heard(event);
        time = heard;
        if (event.at().isBefore(before.horizon())) {
            return true;
        }
        if (rules.concerns(event)) {
            place(event);
        }
        tell(heard, event.receivedAt(), revisions);
        settle(heard);
        return false;
    }

    /** Puts the event in its place among the held ones; out of order, what they make of the base is made anew. */
    private void place(Observed event) {
        if (held.isEmpty() || Observed.ORDER.compare(held.getLast(), event) < 0) {
            held.add(event);
            live.take(event);
            return;
        }
        int found = Collections.binarySearch(held, event, Observed.ORDER);
        int place = found < 0 ? -found - 1 : found + 1;
        held.add(place, event);
        if (place == held.size() - 1) {
            live.take(event);
            return;
        }
        live = new ProgressStep(rules, seat, base.done());
        held.forEach(live::take);
        news = true;
    }

    private void tell(SeatTime now, Instant causedAt, List<EpisodeRevision> revisions) {
        Instant silentAt = now.silentAt(causedAt);
        boolean still = live.still(silentAt);
        news |= live.changed();
        if (still && !news) {
            return;
        }
        Progress view = still ? live.done() : live.done().rested(rules, seat, silentAt);
        Announcer told = new Announcer(rules, seat, announced, now.highWater(), causedAt);
        told.compare(view);
        announced = told.announced();
        revisions.addAll(told.revisions());
        // Of a view into the silence it is not known what the next event leaves.
        news = !still;
    }

    /** Folds for good what has become older than the grace, and what is too much to hold. */
    private void settle(SeatTime now) {
        Instant horizon = now.highWater().minus(rules.rules().grace());
        int due = 0;
        while (due < held.size()
                && (held.get(due).at().isBefore(horizon)
                        || held.size() - due > rules.rules().held())) {
            due++;
        }
        if (due > 0 && held.get(due - 1).at().isAfter(horizon)) {
            horizon = held.get(due - 1).at();
        }
        List<Observed> settled = held.subList(0, due);
        settled.forEach(base::take);
        settled.clear();
        List<Episode> closed = base.forgetClosed();
        live.forgetClosed(closed.size());
        SeatTime after = now.settledBefore(horizon);
        time = after;
        announced = Announcer.settled(
                announced, after.horizon(), closed, () -> live.done().prospects(rules, seat));
    }

    /** What was told of the episodes that may still change, by id. */
    Map<UUID, Lane.Announced> announced() {
        return announced;
    }

    /** The lane as it is now; with this the run is over. */
    Lane lane() {
        if (time == null) {
            throw new IllegalStateException("no event was folded");
        }
        Progress settled = base.done().kept();
        return new Lane(time, settled, List.copyOf(held), live.done().keptBeside(settled), announced);
    }
}

package dev.homeroom.metrics.core;

import dev.homeroom.metrics.core.detector.Detector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Folds the events of a seat, one at a time, in the order in which they come, into what they mean in event time order.
 *
 * <p>An event is folded at once, so an episode is told without waiting for the grace to pass. When an event comes out of
 * order, the held events are folded anew and the difference is told: revised episodes, new ones, and retractions of those
 * that, in hindsight, were none. Hence the episodes that stand in the end depend on the set of events only, as long as none
 * came later than the grace; the batches that events come in do not matter at all.
 *
 * <p>Whether an event is late is measured against the latest event time of its seat, not against a clock: so a recorded
 * homework that is sent as fast as it goes is detected like a live one. Late events are not folded.
 *
 * <p>By itself it is the rulebook in which the same rules hold for everybody.
 *
 * <p>Pure and stateless; safe to use from several threads.
 */
public final class Fold implements Rulebook {
    private final RuleIndex rules;

    /** A fold by these rules. */
    public Fold(FoldRules rules) {
        this.rules = new RuleIndex(rules);
    }

    @Override
    public long version() {
        return 0;
    }

    @Override
    public Fold live(Seat seat) {
        return this;
    }

    @Override
    public @Nullable Trial shadow(Seat seat) {
        return null;
    }

    /** The detector of that name, if it is in use. */
    public @Nullable Detector<?> detector(String name) {
        return rules.detector(name);
    }

    /**
     * What came of one event or of a silence.
     *
     * @param lane the state afterwards
     * @param revisions what is to be told, in order
     * @param late whether the event was too old to be folded
     */
    public record Outcome(Lane lane, List<EpisodeRevision> revisions, boolean late) {}

    /** Folds {@code event} into {@code before}, which is null when nothing was seen of the seat. */
    public Outcome observe(Seat seat, @Nullable Lane before, Observed event) {
        List<EpisodeRevision> revisions = new ArrayList<>();
        LaneRun run = run(seat, before);
        boolean late = run.observe(event, revisions);
        return new Outcome(run.lane(), revisions, late);
    }

    /** Begins to fold several events of a seat; {@code before} is null when nothing was seen of it. */
    LaneRun run(Seat seat, @Nullable Lane before) {
        return new LaneRun(rules, seat, before);
    }

    /**
     * Tells what silence says, and the end of episodes whose subject has rested too long, when the seat is silent: time
     * goes on for a silent seat as the clock does since the edge took its latest event. What was told is revised or taken
     * back if an event from before still comes.
     *
     * @param now by the clock
     */
    public Outcome tick(Seat seat, Lane lane, Instant now) {
        Announcer told = announcer(seat, lane, now);
        told.compare(lane.live().rested(rules, seat, lane.time().silentAt(now)));
        return new Outcome(lane.told(told.announced()), told.revisions(), false);
    }

    /** When, by the clock, silence of the seat becomes worth a {@link #tick}; null while it does not. */
    public @Nullable Instant tickAt(Seat seat, Lane lane) {
        Silence silence = new Silence(rules, seat);
        Instant earliest = null;
        for (Map.Entry<TrackKey, Track> entry : lane.live().tracks().entrySet()) {
            Detector<?> detector = rules.detector(entry.getKey().detector());
            Instant due = detector == null ? null : silence.due(detector, entry.getKey(), entry.getValue(), lane);
            earliest = due != null && (earliest == null || due.isBefore(earliest)) ? due : earliest;
        }
        return earliest == null ? null : lane.time().reaches(earliest).plusMillis(1);
    }

    /** What {@code held} makes of {@code base}. */
    public Progress live(Seat seat, Progress base, List<Observed> held) {
        return base.step(rules, seat, held).keptBeside(base);
    }

    /** Tells the end of all that is open in a lane that is about to be forgotten. */
    Outcome forget(Seat seat, Lane lane, Instant now) {
        Announcer told = announcer(seat, lane, now);
        told.compare(lane.live().rested(rules, seat, lane.time().silentAt(now)).ended(rules, seat));
        return new Outcome(lane.told(told.announced()), told.revisions(), false);
    }

    private Announcer announcer(Seat seat, Lane lane, Instant now) {
        return new Announcer(rules, seat, lane.announced(), lane.time().highWater(), now);
    }
}

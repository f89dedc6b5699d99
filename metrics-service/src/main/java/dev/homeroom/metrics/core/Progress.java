package dev.homeroom.metrics.core;

import dev.homeroom.metrics.core.detector.Detector;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;

/**
 * How far the fold of a seat has come: what follows from its events up to some point of event time. Immutable.
 *
 * @param tracks by subject, the one not heard of for longest first; never changed once made
 * @param closed the episodes that ended on the way, in that order
 */
public record Progress(SequencedMap<TrackKey, Track> tracks, List<Episode> closed) {
    /** Nothing seen. */
    public static final Progress NONE = new Progress(new LinkedHashMap<>(), List.of());

    /** The same tracks, with the closed episodes forgotten. */
    Progress settled() {
        return closed.isEmpty() ? this : new Progress(tracks, List.of());
    }

    /** What {@code event}, which comes in order, makes of it. */
    Progress step(FoldRules rules, Seat seat, Observed event) {
        ProgressStep step = new ProgressStep(rules, seat, this);
        step.rest(event.at());
        for (Detector<?> detector : rules.detectors()) {
            Subject subject = detector.subject(event);
            if (subject != null) {
                step.hear(detector, subject, event);
            }
        }
        step.bound();
        return step.done();
    }

    /** What it means that nothing else happens before {@code now}: silence is read, and what rested too long ends. */
    Progress rested(FoldRules rules, Seat seat, Instant now) {
        ProgressStep step = new ProgressStep(rules, seat, this);
        step.rest(now);
        return step.done();
    }

    /** Ends all that is open, each with the last event of its subject. */
    Progress ended(FoldRules rules, Seat seat) {
        ProgressStep step = new ProgressStep(rules, seat, this);
        step.end();
        return step.done();
    }

    /** The ids of the episodes that are open or have ended on the way. */
    Set<UUID> episodes() {
        Set<UUID> ids = new HashSet<>();
        closed.forEach(episode -> ids.add(episode.id()));
        for (Track track : tracks.values()) {
            Episode open = track.open();
            if (open != null) {
                ids.add(open.id());
            }
        }
        return ids;
    }
}

package dev.homeroom.metrics.core;

import dev.homeroom.metrics.core.detector.Detector;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * How far the fold of a seat has come: what follows from its events up to some point of event time. Immutable.
 *
 * @param tracks by subject, the one not heard of for longest first; never changed once made
 * @param closed the episodes that ended on the way, in that order
 */
public record Progress(Map<TrackKey, Track> tracks, List<Episode> closed) {
    /** Nothing seen. */
    public static final Progress NONE = new Progress(Map.of(), List.of());

    /** The same tracks, with the closed episodes forgotten. */
    Progress settled() {
        return closed.isEmpty() ? this : new Progress(tracks, List.of());
    }

    /** The same, to be kept: what was {@code tracks} may change afterwards. */
    public Progress kept() {
        return new Progress(Tracks.of(tracks), closed);
    }

    /**
     * The same, to be kept beside {@code other}: most keys and tracks of the two are equal, and each is in memory once then.
     */
    Progress keptBeside(Progress other) {
        Map<TrackKey, Map.Entry<TrackKey, Track>> theirs = new HashMap<>();
        other.tracks.entrySet().forEach(each -> theirs.put(each.getKey(), each));
        Map<TrackKey, Track> shared = new LinkedHashMap<>();
        tracks.forEach((key, track) -> {
            Map.Entry<TrackKey, Track> same = theirs.get(key);
            if (same == null) {
                shared.put(key, track);
            } else {
                shared.put(same.getKey(), track.equals(same.getValue()) ? same.getValue() : track);
            }
        });
        return new Progress(shared, closed).kept();
    }

    /** What these events, which come in order, make of it. */
    Progress step(RuleIndex rules, Seat seat, List<Observed> events) {
        if (events.isEmpty()) {
            return this;
        }
        ProgressStep step = new ProgressStep(rules, seat, this);
        events.forEach(step::take);
        return step.done();
    }

    /** What it means that nothing else happens before {@code now}: silence is read, and what rested too long ends. */
    Progress rested(RuleIndex rules, Seat seat, Instant now) {
        if (still(rules, seat, now)) {
            return this;
        }
        ProgressStep step = new ProgressStep(rules, seat, this);
        step.rest(now);
        return step.done();
    }

    private boolean still(RuleIndex rules, Seat seat, Instant now) {
        Silence silence = new Silence(rules, seat);
        for (Map.Entry<TrackKey, Track> entry : tracks.entrySet()) {
            Detector<?> detector = rules.detector(entry.getKey().detector());
            if (detector != null && !silence.still(detector, entry.getValue(), now)) {
                return false;
            }
        }
        return true;
    }

    /** Ends all that is open, each with the last event of its subject. */
    Progress ended(RuleIndex rules, Seat seat) {
        ProgressStep step = new ProgressStep(rules, seat, this);
        step.end();
        return step.done();
    }

    /** The ids of the episodes that are open, have ended on the way, or come up if nothing more is ever heard. */
    Set<UUID> prospects(RuleIndex rules, Seat seat) {
        Silence silence = new Silence(rules, seat);
        Set<UUID> ids = new HashSet<>();
        closed.forEach(episode -> ids.add(episode.id()));
        tracks.forEach((key, track) -> {
            Detector<?> detector = rules.detector(key.detector());
            Episode open = detector == null ? track.open() : silence.prospect(detector, key, track);
            if (open != null) {
                ids.add(open.id());
            }
        });
        return ids;
    }
}

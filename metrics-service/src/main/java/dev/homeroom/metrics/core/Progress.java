package dev.homeroom.metrics.core;

import dev.homeroom.metrics.core.detector.Detector;
import dev.homeroom.metrics.core.detector.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

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
        Change change = new Change(rules, seat, this);
        change.rest(event.at());
        for (Detector<?> detector : rules.detectors()) {
            Subject subject = detector.subject(event);
            if (subject != null) {
                change.step(detector, subject, event);
            }
        }
        change.bound();
        return change.done();
    }

    /** Ends the open episodes whose subject has rested too long by {@code now}: they end with their last event. */
    Progress rested(FoldRules rules, Seat seat, Instant now) {
        if (tracks.values().stream().allMatch(track -> track.open() == null)) {
            return this;
        }
        Change change = new Change(rules, seat, this);
        change.rest(now);
        return change.done();
    }

    /** One step in the making. */
    private static final class Change {
        private final FoldRules rules;
        private final Seat seat;
        private final SequencedMap<TrackKey, Track> tracks;
        private final List<Episode> closed;

        Change(FoldRules rules, Seat seat, Progress from) {
            this.rules = rules;
            this.seat = seat;
            this.tracks = new LinkedHashMap<>(from.tracks);
            this.closed = new ArrayList<>(from.closed);
        }

        void rest(Instant now) {
            for (Detector<?> detector : rules.detectors()) {
                for (Map.Entry<TrackKey, Track> entry : tracks.entrySet()) {
                    Track track = entry.getValue();
                    if (track.open() != null
                            && entry.getKey().detector().equals(detector.name())
                            && track.lastAt().plus(detector.quiet()).isBefore(now)) {
                        closed.add(track.open().closed(track.lastAt()));
                        entry.setValue(new Track(detector.fresh(), null, track.lastAt(), track.lastAt()));
                    }
                }
            }
        }

        <M extends Record> void step(Detector<M> detector, Subject subject, Observed event) {
            TrackKey key = new TrackKey(detector.name(), subject);
            Track before = tracks.remove(key);
            M memory = detector.step(
                    before == null ? detector.fresh() : detector.memory().cast(before.memory()), event);
            Signal signal = detector.read(memory);
            Episode open = before == null ? null : before.open();
            Instant closedAt = before == null ? null : before.closedAt();
            if (open != null && (signal == null || signal.score() < rules.threshold() - rules.hysteresis())) {
                closed.add(open.closed(event.at()));
                tracks.put(key, new Track(detector.fresh(), null, event.at(), event.at()));
            } else {
                Episode now = open == null ? opened(key, signal, closedAt, event.at()) : worsened(open, signal);
                tracks.put(key, new Track(memory, now, event.at(), closedAt));
            }
        }

        private @Nullable Episode opened(
                TrackKey key, @Nullable Signal signal, @Nullable Instant closedAt, Instant now) {
            if (signal == null
                    || signal.score() < rules.threshold()
                    || (closedAt != null && now.isBefore(closedAt.plus(rules.coolDown())))) {
                return null;
            }
            return new Episode(
                    Episode.id(seat, key.detector(), key.subject(), signal.start()),
                    key.detector(),
                    key.subject(),
                    Episode.Status.OPEN,
                    Level.of(signal.score()),
                    signal.score(),
                    signal.since(),
                    null,
                    signal.evidence());
        }

        /** An episode keeps its highest level, with the score and the evidence that first reached it. */
        private static Episode worsened(Episode open, @Nullable Signal signal) {
            if (signal == null || Level.of(signal.score()).compareTo(open.level()) <= 0) {
                return open;
            }
            return new Episode(
                    open.id(),
                    open.detector(),
                    open.subject(),
                    open.status(),
                    Level.of(signal.score()),
                    signal.score(),
                    open.startedAt(),
                    null,
                    signal.evidence());
        }

        void bound() {
            while (tracks.size() > rules.tracks()) {
                Track oldest = tracks.pollFirstEntry().getValue();
                if (oldest.open() != null) {
                    closed.add(oldest.open().closed(oldest.lastAt()));
                }
            }
        }

        Progress done() {
            return new Progress(tracks, List.copyOf(closed));
        }
    }
}

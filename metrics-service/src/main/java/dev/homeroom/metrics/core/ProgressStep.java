package dev.homeroom.metrics.core;

import dev.homeroom.metrics.core.detector.Detector;
import dev.homeroom.metrics.core.detector.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** A step of {@link Progress} in the making: time passes, then an event is heard. Not safe for several threads. */
final class ProgressStep {
    private final RuleIndex index;
    private final FoldRules rules;
    private final Silence silence;
    private final Seat seat;
    private final SequencedMap<TrackKey, Track> tracks;
    private final List<Episode> closed;

    ProgressStep(RuleIndex index, Seat seat, Progress from) {
        this.index = index;
        this.rules = index.rules();
        this.silence = new Silence(index, seat);
        this.seat = seat;
        this.tracks = new LinkedHashMap<>(from.tracks());
        this.closed = new ArrayList<>(from.closed());
    }

    /** Time passes up to {@code now}: silence is read, what rested too long ends, what is too old is forgotten. */
    void rest(Instant now) {
        Iterator<Map.Entry<TrackKey, Track>> all = tracks.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<TrackKey, Track> entry = all.next();
            Detector<?> detector = index.detector(entry.getKey().detector());
            if (detector != null && !silence.still(detector, entry.getValue(), now)) {
                Track rested = rested(detector, entry.getKey(), entry.getValue(), now);
                if (rested.open() == null && forgotten(detector, rested, now)) {
                    all.remove();
                } else {
                    entry.setValue(rested);
                }
            }
        }
    }

    private <M extends Record> Track rested(Detector<M> detector, TrackKey key, Track before, Instant now) {
        Track track = silence.heard(detector, key, before, now);
        Episode open = track.open();
        if (open == null || !track.lastAt().plus(detector.quiet()).isBefore(now)) {
            return track;
        }
        Instant end = Silence.end(detector, track);
        closed.add(open.closed(end));
        M kept = detector.after(detector.memory().cast(track.memory()));
        return new Track(kept, null, track.lastAt(), end, track.rests());
    }

    /** Whether the track differs in nothing from that of a subject never heard of. */
    private boolean forgotten(Detector<?> detector, Track track, Instant now) {
        Duration kept = detector.remembers();
        Instant closedAt = track.closedAt();
        return track.lastAt().plus(kept).isBefore(now)
                && (closedAt == null || closedAt.plus(rules.coolDown()).isBefore(now));
    }

    <M extends Record> void hear(Detector<M> detector, Subject subject, Observed event) {
        TrackKey key = new TrackKey(detector.name(), subject);
        Track before = tracks.remove(key);
        M memory = detector.step(
                before == null ? detector.fresh() : detector.memory().cast(before.memory()), event);
        Signal signal = detector.read(memory);
        Episode open = before == null ? null : before.open();
        Instant closedAt = before == null ? null : before.closedAt();
        if (open != null && (signal == null || signal.score() < rules.threshold() - rules.hysteresis())) {
            closed.add(open.closed(event.at()));
            tracks.put(key, new Track(detector.after(memory), null, event.at(), event.at(), 0));
        } else {
            Episode now = Silence.judged(rules, seat, key, open, signal, closedAt, event.at());
            tracks.put(key, new Track(memory, now, event.at(), closedAt, 0));
        }
    }

    /** Forgets subjects while there are too many: of the detector that remembers most, that not heard of for longest. */
    void bound() {
        while (tracks.size() > rules.tracks()) {
            TrackKey eldest = eldestOfLargest();
            Track forgotten = tracks.remove(eldest);
            if (forgotten != null && forgotten.open() != null) {
                closed.add(forgotten.open().closed(forgotten.lastAt()));
            }
        }
    }

    private TrackKey eldestOfLargest() {
        Map<String, Integer> sizes = new HashMap<>();
        tracks.keySet().forEach(key -> sizes.merge(key.detector(), 1, Integer::sum));
        int most = sizes.values().stream().max(Integer::compareTo).orElse(0);
        return tracks.keySet().stream()
                .filter(key -> sizes.getOrDefault(key.detector(), 0) == most)
                .findFirst()
                .orElseThrow();
    }

    void end() {
        tracks.replaceAll((key, track) -> {
            if (track.open() == null) {
                return track;
            }
            closed.add(track.open().closed(track.lastAt()));
            return new Track(track.memory(), null, track.lastAt(), track.lastAt(), track.rests());
        });
    }

    Progress done() {
        return new Progress(tracks, List.copyOf(closed));
    }
}

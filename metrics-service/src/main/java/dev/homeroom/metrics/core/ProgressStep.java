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
import java.util.Objects;
import java.util.SequencedMap;

/** A step of {@link Progress} in the making: time passes, then an event is heard. Not safe for several threads. */
final class ProgressStep {
    private final FoldRules rules;
    private final Seat seat;
    private final SequencedMap<TrackKey, Track> tracks;
    private final List<Episode> closed;

    ProgressStep(FoldRules rules, Seat seat, Progress from) {
        this.rules = rules;
        this.seat = seat;
        this.tracks = new LinkedHashMap<>(from.tracks());
        this.closed = new ArrayList<>(from.closed());
    }

    /** Time passes up to {@code now}: silence is read, what rested too long ends, what is too old is forgotten. */
    void rest(Instant now) {
        Iterator<Map.Entry<TrackKey, Track>> all = tracks.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<TrackKey, Track> entry = all.next();
            Detector<?> detector = rules.detector(entry.getKey().detector());
            if (detector != null) {
                Track track = entry.getValue();
                Track rested = rested(detector, entry.getKey(), track, now);
                if (rested.open() == null && forgotten(detector, rested, now)) {
                    all.remove();
                } else {
                    entry.setValue(rested);
                }
            }
        }
    }

    private <M extends Record> Track rested(Detector<M> detector, TrackKey key, Track track, Instant now) {
        Episode open = new Silence(rules, seat).heard(detector, key, track, now);
        if (open != null && track.lastAt().plus(detector.quiet()).isBefore(now)) {
            Instant end = Silence.end(detector, track);
            closed.add(open.closed(end));
            M kept = detector.after(detector.memory().cast(track.memory()));
            return new Track(kept, null, track.lastAt(), end);
        }
        return Objects.equals(open, track.open())
                ? track
                : new Track(track.memory(), open, track.lastAt(), track.closedAt());
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
            tracks.put(key, new Track(detector.after(memory), null, event.at(), event.at()));
        } else {
            Episode now = Silence.judged(rules, seat, key, open, signal, closedAt, event.at());
            tracks.put(key, new Track(memory, now, event.at(), closedAt));
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
            return new Track(track.memory(), null, track.lastAt(), track.lastAt());
        });
    }

    Progress done() {
        return new Progress(tracks, List.copyOf(closed));
    }
}

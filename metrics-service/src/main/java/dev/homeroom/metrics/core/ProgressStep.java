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
import org.jspecify.annotations.Nullable;

/** {@link Progress} in the making: time passes, then an event is heard, again and again. Not safe for several threads. */
final class ProgressStep {
    private final RuleIndex index;
    private final FoldRules rules;
    private final Silence silence;
    private final Seat seat;
    private final SequencedMap<TrackKey, Track> tracks;
    private final List<Episode> closed;
    /** Until then at least time changes nothing about any track; null while that is not known. */
    private @Nullable Instant stillUntil;
    /** Whether an episode was opened, raised or closed since somebody asked. */
    private boolean changed;

    ProgressStep(RuleIndex index, Seat seat, Progress from) {
        this.index = index;
        this.rules = index.rules();
        this.silence = new Silence(index, seat);
        this.seat = seat;
        this.tracks = new LinkedHashMap<>(from.tracks());
        this.closed = new ArrayList<>(from.closed());
    }

    /** An event that is not before any other. */
    void take(Observed event) {
        rest(event.at());
        for (Detector<?> detector : rules.detectors()) {
            Subject subject = detector.subject(event);
            if (subject != null) {
                hear(detector, subject, event);
            }
        }
        bound();
    }

    /** Whether no time before {@code now} changes anything. */
    boolean still(Instant now) {
        if (stillUntil == null || stillUntil.isBefore(now)) {
            stillUntil = allStillUntil();
        }
        return !stillUntil.isBefore(now);
    }

    private Instant allStillUntil() {
        Instant first = Instant.MAX;
        for (Map.Entry<TrackKey, Track> entry : tracks.entrySet()) {
            Detector<?> detector = index.detector(entry.getKey().detector());
            if (detector != null) {
                first = earlier(first, silence.stillUntil(detector, entry.getValue()));
            }
        }
        return first;
    }

    private static Instant earlier(Instant one, Instant other) {
        return other.isBefore(one) ? other : one;
    }

    /** Whether an episode was opened, raised or closed since this was last asked. */
    boolean changed() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /** Time passes up to {@code now}: silence is read, what rested too long ends, what is too old is forgotten. */
    void rest(Instant now) {
        if (stillUntil != null && !stillUntil.isBefore(now)) {
            return;
        }
        Instant first = Instant.MAX;
        Iterator<Map.Entry<TrackKey, Track>> all = tracks.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<TrackKey, Track> entry = all.next();
            Detector<?> detector = index.detector(entry.getKey().detector());
            if (detector == null) {
                continue;
            }
            Instant until = silence.stillUntil(detector, entry.getValue());
            if (until.isBefore(now)) {
                Track rested = rested(detector, entry.getKey(), entry.getValue(), now);
                changed |= !Objects.equals(rested.open(), entry.getValue().open());
                if (rested.open() == null && forgotten(detector, rested, now)) {
                    all.remove();
                    continue;
                }
                entry.setValue(rested);
                until = silence.stillUntil(detector, rested);
            }
            first = earlier(first, until);
        }
        stillUntil = first;
    }

    private <M extends Record> Track rested(Detector<M> detector, TrackKey key, Track before, Instant now) {
        Track track = silence.heard(detector, key, before, now);
        Episode open = track.open();
        if (open == null || !track.lastAt().plus(detector.quiet()).isBefore(now)) {
            return track;
        }
        Instant end = silence.end(detector, track);
        // Also where silence alone opened it and closed it again: before and after it there is none open.
        changed = true;
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

    private <M extends Record> void hear(Detector<M> detector, Subject subject, Observed event) {
        TrackKey key = new TrackKey(detector.name(), subject);
        Track before = tracks.remove(key);
        M memory = detector.step(
                before == null ? detector.fresh() : detector.memory().cast(before.memory()), event);
        Signal signal = detector.read(memory);
        Episode open = before == null ? null : before.open();
        Instant closedAt = before == null ? null : before.closedAt();
        if (open != null && (signal == null || signal.score() < rules.threshold() - rules.hysteresis())) {
            changed = true;
            closed.add(open.closed(event.at()));
            put(detector, key, new Track(detector.after(memory), null, event.at(), event.at(), 0));
        } else {
            Episode now = Silence.judged(rules, seat, key, open, signal, closedAt, event.at());
            changed |= !Objects.equals(now, open);
            put(detector, key, new Track(memory, now, event.at(), closedAt, 0));
        }
    }

    private void put(Detector<?> detector, TrackKey key, Track track) {
        tracks.put(key, track);
        if (stillUntil != null) {
            stillUntil = earlier(stillUntil, silence.stillUntil(detector, track));
        }
    }

    /** Forgets subjects while there are too many: of the detector that remembers most, that not heard of for longest. */
    private void bound() {
        while (tracks.size() > rules.tracks()) {
            TrackKey eldest = eldestOfLargest();
            Track forgotten = tracks.remove(eldest);
            if (forgotten != null && forgotten.open() != null) {
                changed = true;
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

    /** Forgets the episodes that were closed, and returns them. */
    List<Episode> forgetClosed() {
        List<Episode> forgotten = List.copyOf(closed);
        closed.clear();
        return forgotten;
    }

    /** Forgets the first so many of the episodes that were closed. */
    void forgetClosed(int first) {
        closed.subList(0, first).clear();
    }

    /** What was made; good until something else happens here. */
    Progress done() {
        return new Progress(tracks, List.copyOf(closed));
    }
}

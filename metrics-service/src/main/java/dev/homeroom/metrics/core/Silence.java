package dev.homeroom.metrics.core;

import dev.homeroom.metrics.core.detector.Detector;
import dev.homeroom.metrics.core.detector.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What passing time makes of the track of a subject of which nothing is heard. */
record Silence(RuleIndex rules, Seat seat) {

    /** The track when nothing is heard before {@code now}: the same where that changes nothing. */
    <M extends Record> Track heard(Detector<M> detector, TrackKey key, Track track, Instant now) {
        List<Duration> rests = rules.rests(detector);
        Episode open = track.open();
        int read = track.rests();
        while (read < rests.size() && track.lastAt().plus(rests.get(read)).isBefore(now)) {
            open = after(detector, key, track, open, rests.get(read));
            read++;
        }
        return read == track.rests() ? track : new Track(track.memory(), open, track.lastAt(), track.closedAt(), read);
    }

    /** Whether time changes nothing about the track before {@code now}. */
    boolean still(Detector<?> detector, Track track, Instant now) {
        return !stillUntil(detector, track).isBefore(now);
    }

    /** The last moment before which time changes nothing about the track. */
    Instant stillUntil(Detector<?> detector, Track track) {
        List<Duration> rests = rules.rests(detector);
        Instant ends = track.lastAt().plus(track.open() != null ? detector.quiet() : detector.remembers());
        Instant closedAt = track.closedAt();
        if (closedAt != null && track.open() == null) {
            // The cool-down is remembered longer than what the detector knows.
            Instant calm = closedAt.plus(rules.rules().coolDown());
            ends = calm.isAfter(ends) ? calm : ends;
        }
        if (track.rests() >= rests.size()) {
            return ends;
        }
        Instant rest = track.lastAt().plus(rests.get(track.rests()));
        return rest.isBefore(ends) ? rest : ends;
    }

    /** The episode that is open or still comes up when nothing more is ever heard. */
    <M extends Record> @Nullable Episode prospect(Detector<M> detector, TrackKey key, Track track) {
        return heard(detector, key, track, Instant.MAX).open();
    }

    /**
     * The event time after which silence about the track changes what was told in {@code lane}; null when it never does.
     */
    <M extends Record> @Nullable Instant due(Detector<M> detector, TrackKey key, Track track, Lane lane) {
        Episode open = track.open();
        List<Duration> rests = rules.rests(detector);
        for (Duration rest : rests.subList(Math.min(track.rests(), rests.size()), rests.size())) {
            open = after(detector, key, track, open, rest);
            if (open != null && lane.isNews(open)) {
                return track.lastAt().plus(rest);
            }
        }
        return open != null && lane.toldOpen(open) ? track.lastAt().plus(detector.quiet()) : null;
    }

    private <M extends Record> @Nullable Episode after(
            Detector<M> detector, TrackKey key, Track track, @Nullable Episode open, Duration rest) {
        Signal signal = detector.silent(detector.memory().cast(track.memory()), rest);
        return judged(
                rules.rules(),
                seat,
                key,
                open,
                signal,
                track.closedAt(),
                track.lastAt().plus(rest));
    }

    /** When an episode that rested too long has ended: where silence is no signal, with the last event of its subject. */
    Instant end(Detector<?> detector, Track track) {
        return rules.rests(detector).isEmpty() ? track.lastAt() : track.lastAt().plus(detector.quiet());
    }

    /** The episode of a track after its detector said {@code signal} at {@code now}. */
    static @Nullable Episode judged(
            FoldRules rules,
            Seat seat,
            TrackKey key,
            @Nullable Episode open,
            @Nullable Signal signal,
            @Nullable Instant closedAt,
            Instant now) {
        if (signal == null) {
            return open;
        }
        if (open != null) {
            return open.worsened(signal);
        }
        boolean calm = closedAt != null && now.isBefore(closedAt.plus(rules.coolDown()));
        return calm || signal.score() < rules.threshold() ? null : Episode.opened(seat, key, signal);
    }
}

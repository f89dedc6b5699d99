package dev.homeroom.metrics.core;

import dev.homeroom.metrics.core.detector.Detector;
import dev.homeroom.metrics.core.detector.Signal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What passing time makes of the track of a subject of which nothing is heard. */
record Silence(FoldRules rules, Seat seat) {

    /** The open episode of the track, if there is one, when nothing is heard before {@code now}. */
    <M extends Record> @Nullable Episode heard(Detector<M> detector, TrackKey key, Track track, Instant now) {
        Episode open = track.open();
        for (Duration rest : detector.rests()) {
            Instant at = track.lastAt().plus(rest);
            if (!at.isBefore(now)) {
                break;
            }
            open = after(detector, key, track, open, rest);
        }
        return open;
    }

    /**
     * The event time after which silence about the track changes what was told in {@code lane}; null when it never does.
     */
    <M extends Record> @Nullable Instant due(Detector<M> detector, TrackKey key, Track track, Lane lane) {
        Episode open = track.open();
        for (Duration rest : detector.rests()) {
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
                rules, seat, key, open, signal, track.closedAt(), track.lastAt().plus(rest));
    }

    /** When an episode that rested too long has ended: where silence is no signal, with the last event of its subject. */
    static Instant end(Detector<?> detector, Track track) {
        return detector.rests().isEmpty() ? track.lastAt() : track.lastAt().plus(detector.quiet());
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

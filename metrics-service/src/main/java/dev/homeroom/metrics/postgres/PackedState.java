package dev.homeroom.metrics.postgres;

import dev.homeroom.metrics.core.Episode;
import dev.homeroom.metrics.core.Lane;
import dev.homeroom.metrics.core.Observed;
import dev.homeroom.metrics.core.SeatTime;
import dev.homeroom.metrics.core.StudentState;
import dev.homeroom.metrics.core.Subject;
import dev.homeroom.metrics.core.Track;
import dev.homeroom.metrics.core.TrackKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A student's fold state as it is stored: what can be computed from the rest is left out. The names are those of the JSON. */
record PackedState(
        List<PackedState.PackedLane> lanes, @Nullable List<PackedState.PackedLane> shadows) {
    private record PackedTrack(
            String detector,
            Subject subject,
            Record memory,
            @Nullable Episode open,
            Instant lastAt,
            @Nullable Instant closedAt,
            @Nullable Integer rests) {}

    private record PackedLane(
            String app,
            @Nullable Long trial,
            SeatTime time,
            List<PackedTrack> base,
            List<Observed> held,
            Map<UUID, Lane.Announced> announced) {}

    static PackedState of(StudentState state) {
        List<PackedLane> lanes = state.lanes().entrySet().stream()
                .map(entry -> packed(entry.getKey(), null, entry.getValue()))
                .toList();
        List<PackedLane> shadows = state.shadows().entrySet().stream()
                .map(entry -> packed(
                        entry.getKey(),
                        entry.getValue().trial(),
                        entry.getValue().lane()))
                .toList();
        return new PackedState(lanes, shadows.isEmpty() ? null : shadows);
    }

    private static PackedLane packed(String app, @Nullable Long trial, Lane lane) {
        List<PackedTrack> base = lane.base().tracks().entrySet().stream()
                .map(entry -> packed(entry.getKey(), entry.getValue()))
                .toList();
        return new PackedLane(app, trial, lane.time(), base, lane.held(), lane.announced());
    }

    private static PackedTrack packed(TrackKey key, Track track) {
        return new PackedTrack(
                key.detector(),
                key.subject(),
                track.memory(),
                track.open(),
                track.lastAt(),
                track.closedAt(),
                track.rests() == 0 ? null : track.rests());
    }
}

package dev.homeroom.metrics.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.homeroom.metrics.core.Episode;
import dev.homeroom.metrics.core.Fold;
import dev.homeroom.metrics.core.Lane;
import dev.homeroom.metrics.core.Observed;
import dev.homeroom.metrics.core.Progress;
import dev.homeroom.metrics.core.Rulebook;
import dev.homeroom.metrics.core.Seat;
import dev.homeroom.metrics.core.SeatTime;
import dev.homeroom.metrics.core.ShadowLane;
import dev.homeroom.metrics.core.Student;
import dev.homeroom.metrics.core.StudentState;
import dev.homeroom.metrics.core.Subject;
import dev.homeroom.metrics.core.Track;
import dev.homeroom.metrics.core.TrackKey;
import dev.homeroom.metrics.core.detector.Detector;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A student's fold state as bytes: what {@link PackWriter} writes, which stands for JSON and is read as such. What can be computed
 * from the rest is left out. Memories of detectors that are not in use any more are dropped on reading.
 */
final class StateCodec {
    /**
     * The version written. A reader takes this and every earlier one; it waits before a later one, and before fields it does
     * not know, so a field that is added is a new version: 2 has shadows, 3 has rests, 4 is packed; before it was JSON in UTF-8.
     */
    static final int VERSION = 4;

    private static final int FIRST_PACKED = 4;

    private final ObjectMapper json =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();

    /** A stored state that this build cannot read. */
    static final class UnreadableStateException extends RuntimeException {
        UnreadableStateException(String reason) {
            super(reason);
        }
    }

    private record StoredTrack(
            String detector,
            Subject subject,
            JsonNode memory,
            @Nullable Episode open,
            Instant lastAt,
            @Nullable Instant closedAt,
            @Nullable Integer rests) {}

    private record StoredLane(
            String app,
            @Nullable Long trial,
            SeatTime time,
            List<StoredTrack> base,
            List<Observed> held,
            Map<UUID, Lane.Announced> announced) {}

    /** The shadows are those of trials; versions before 2 have none. */
    private record Stored(List<StoredLane> lanes, @Nullable List<StoredLane> shadows) {}

    /** The bytes of a state, by a writer that may have written others. */
    byte[] write(PackWriter writer, StudentState state) {
        return writer.pack(PackedState.of(state));
    }

    /**
     * Reads a state.
     *
     * @param rules that hold now; what is not settled is folded by them
     * @throws UnreadableStateException when it is of a later version or damaged: going on without it would lose episodes
     */
    StudentState read(Rulebook rules, Student student, int version, byte[] state) {
        if (version > VERSION) {
            throw new UnreadableStateException("the fold state of a student has version %d, this build reads up to %d"
                    .formatted(version, VERSION));
        }
        try {
            Stored stored = version < FIRST_PACKED
                    ? json.readValue(state, Stored.class)
                    : json.treeToValue(PackReader.read(state), Stored.class);
            return read(rules, student, stored);
        } catch (IOException e) {
            throw new UnreadableStateException("the fold state of a student cannot be read: " + e.getMessage());
        }
    }

    private StudentState read(Rulebook rules, Student student, Stored stored) throws IOException {
        SequencedMap<String, Lane> lanes = new LinkedHashMap<>();
        for (StoredLane lane : stored.lanes()) {
            Seat seat = student.seat(lane.app());
            lanes.put(lane.app(), lane(rules.live(seat), seat, lane));
        }
        Map<String, ShadowLane> shadows = new LinkedHashMap<>();
        for (StoredLane lane : Objects.requireNonNullElse(stored.shadows(), List.<StoredLane>of())) {
            Seat seat = student.seat(lane.app());
            Rulebook.Trial trial = rules.shadow(seat);
            if (trial != null && Objects.equals(lane.trial(), trial.number())) {
                shadows.put(lane.app(), new ShadowLane(trial.number(), lane(trial.fold(), seat, lane)));
            }
        }
        return new StudentState(lanes, shadows);
    }

    private Lane lane(Fold fold, Seat seat, StoredLane stored) throws IOException {
        Map<TrackKey, Track> tracks = new LinkedHashMap<>();
        for (StoredTrack track : stored.base()) {
            Detector<?> detector = fold.detector(track.detector());
            if (detector != null) {
                Record memory = json.treeToValue(track.memory(), detector.memory());
                tracks.put(
                        new TrackKey(track.detector(), track.subject()),
                        new Track(
                                memory,
                                track.open(),
                                track.lastAt(),
                                track.closedAt(),
                                Objects.requireNonNullElse(track.rests(), 0)));
            }
        }
        Progress base = new Progress(tracks, List.of()).kept();
        Progress live = fold.live(seat, base, stored.held());
        return new Lane(stored.time(), base, List.copyOf(stored.held()), live, stored.announced());
    }
}

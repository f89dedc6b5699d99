package dev.homeroom.metrics.core;

import dev.homeroom.metrics.core.detector.Signal;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of event time in which a detector saw a student frustrated. Its level, score and evidence are those of its
 * highest level; they do not fall while it lasts.
 *
 * @param id stable: the same input always gives the same id
 * @param detector the rule that saw it
 * @param subject what it is about
 * @param status whether it lasts
 * @param level the highest level reached
 * @param score at that level
 * @param startedAt event time of the first evidence
 * @param endedAt event time of the end, once closed: that of the recovery, or of the last event before the silence
 * @param evidence at that level
 */
public record Episode(
        UUID id,
        String detector,
        Subject subject,
        Status status,
        Level level,
        double score,
        Instant startedAt,
        @Nullable Instant endedAt,
        Evidence evidence) {

    /** Whether an episode lasts, is over, or, seen in hindsight, was none. */
    public enum Status {
        OPEN,
        CLOSED,
        RETRACTED;

        /** The word on the wire. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The id of the episode of that detector and subject that starts with the event {@code start}: a UUIDv5. */
    static UUID id(Seat seat, String detector, Subject subject, UUID start) {
        return NamedId.of(
                seat.classroom(),
                seat.student(),
                seat.app(),
                detector,
                String.valueOf(subject.target()),
                String.valueOf(subject.skill()),
                start.toString());
    }

    /** The episode that {@code signal} opens. */
    static Episode opened(Seat seat, TrackKey key, Signal signal) {
        return new Episode(
                id(seat, key.detector(), key.subject(), signal.start()),
                key.detector(),
                key.subject(),
                Status.OPEN,
                Level.of(signal.score()),
                signal.score(),
                signal.since(),
                null,
                signal.evidence());
    }

    /** The same with what {@code signal} says where that reaches a higher level: an episode keeps its highest. */
    Episode worsened(Signal signal) {
        return Level.of(signal.score()).compareTo(level) <= 0
                ? this
                : new Episode(
                        id,
                        detector,
                        subject,
                        status,
                        Level.of(signal.score()),
                        signal.score(),
                        startedAt,
                        null,
                        signal.evidence());
    }

    Episode closed(Instant end) {
        return new Episode(id, detector, subject, Status.CLOSED, level, score, startedAt, end, evidence);
    }

    Episode retracted() {
        return new Episode(id, detector, subject, Status.RETRACTED, level, score, startedAt, endedAt, evidence);
    }
}

package dev.homeroom.dashboard.kafka;

import dev.homeroom.contracts.frustration.EpisodeChange;
import dev.homeroom.dashboard.core.Episode;
import dev.homeroom.dashboard.core.EpisodeStatus;
import dev.homeroom.dashboard.core.Level;
import dev.homeroom.dashboard.core.Revision;
import dev.homeroom.dashboard.core.Standing;
import dev.homeroom.dashboard.core.Trace;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** From the contract's episode to the core's. */
final class EpisodeDecoding {
    private EpisodeDecoding() {}

    /**
     * The episode, and how the student stands. An episode that a fault of the app explains counts as retracted: it raises no
     * alert, and takes back the one it raised; when the app is cleared, a later revision brings it back.
     *
     * @throws IllegalArgumentException when a word is unknown or something needed is missing
     */
    static Revision revision(EpisodeChange change) {
        return new Revision(episode(change), standing(change.standing()));
    }

    private static Episode episode(EpisodeChange change) {
        var told = EpisodeStatus.of(needed("status", change.status()));
        var status = change.suspect() == null ? told : EpisodeStatus.RETRACTED;
        var evidence = needed("evidence", change.evidence());
        needed("classroom", change.classroom());
        if (change.revision() < 1) {
            throw new IllegalArgumentException("revision " + change.revision() + " is not positive");
        }
        return new Episode(
                needed("id", change.id()),
                change.revision(),
                status,
                needed("student", change.student()),
                needed("app", change.app()),
                needed("detector", change.detector()),
                change.target(),
                Level.of(needed("level", change.level())),
                needed("startedAt", change.startedAt()),
                status == EpisodeStatus.OPEN ? null : end(change),
                new Trace(evidence.rule(), evidence.values(), evidence.events()),
                needed("causedAt", change.causedAt()));
    }

    private static @Nullable Standing standing(dev.homeroom.contracts.frustration.@Nullable Standing told) {
        return told == null
                ? null
                : new Standing(
                        Level.of(told.level()),
                        told.rises().stream()
                                .map(rise -> new Standing.Rise(rise.at(), Level.of(rise.level())))
                                .toList());
    }

    private static Instant end(EpisodeChange change) {
        return Objects.requireNonNullElse(change.endedAt(), change.causedAt());
    }

    private static <T> T needed(String name, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }
}

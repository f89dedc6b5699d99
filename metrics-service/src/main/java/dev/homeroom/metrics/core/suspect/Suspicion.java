package dev.homeroom.metrics.core.suspect;

import dev.homeroom.metrics.core.Evidence;
import dev.homeroom.metrics.core.Level;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An {@code app-suspect} episode: many students had trouble with one element at about the same time, so the app is to be
 * looked at before the students are.
 *
 * @param id stable: the same sightings always give the same id
 * @param figures what is told of it
 * @param lastAt event time of the latest sighting
 * @param freshUntil by the edge's clock: without another sighting it is over then
 * @param members the episodes of students that it explains
 */
public record Suspicion(UUID id, Figures figures, Instant lastAt, Instant freshUntil, Set<UUID> members) {
    public Suspicion {
        members = Set.copyOf(members);
    }

    /**
     * What is told of it.
     *
     * @param open whether it lasts
     * @param level the highest reached
     * @param score at that level, 0 to 1
     * @param students while it lasts, as many as it had when it reached its level; at its end all of them
     * @param classrooms theirs
     * @param startedAt event time of the first sighting
     * @param endedAt event time of the last sighting, once it is over
     * @param evidence the rule, its values, some events
     */
    public record Figures(
            boolean open,
            Level level,
            double score,
            int students,
            int classrooms,
            Instant startedAt,
            @Nullable Instant endedAt,
            Evidence evidence) {}
}

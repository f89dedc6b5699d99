package dev.homeroom.contracts.frustration;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An episode of frustration began, changed, ended or was retracted. Consumers keep the highest revision.
 *
 * @param id stable for the episode: the same input always gives the same id
 * @param revision 1 for the first, then without a hole
 * @param status {@code open}, {@code closed} or {@code retracted}
 * @param classroom where
 * @param student who (a pseudonym)
 * @param app in which app
 * @param detector which rule saw it, such as {@code repeated-errors}
 * @param level {@code none}, {@code low}, {@code medium}, {@code high} or {@code critical}
 * @param score 0 to 1
 * @param target the element or exercise, where the detector is about one
 * @param skill the skill, where the detector is about one
 * @param startedAt event time of the first evidence
 * @param endedAt event time of the end, once closed
 * @param evidence the rule, its values, the events
 * @param causedAt when the edge received the event that caused this revision; for measuring latency
 * @param suspect id of the {@link SuspectChange app-suspect} that explains it: the app is to blame rather than the student
 *     helped, so it is worth no alert. A later revision may come without
 * @param standing how the student stands with this revision, all open episodes weighed; absent where the producer was older
 */
public record EpisodeChange(
        String id,
        long revision,
        String status,
        String classroom,
        String student,
        String app,
        String detector,
        String level,
        double score,
        @Nullable String target,
        @Nullable String skill,
        Instant startedAt,
        @Nullable Instant endedAt,
        Evidence evidence,
        Instant causedAt,
        @Nullable String suspect,
        @Nullable Standing standing) {

    /** The same, saying how the student stands. */
    public EpisodeChange with(Standing standing) {
        return new EpisodeChange(
                id, revision, status, classroom, student, app, detector, level, score, target, skill, startedAt,
                endedAt, evidence, causedAt, suspect, standing);
    }
}

package dev.homeroom.coordinator.http;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.platform.problem.Problem;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a session must know after a heartbeat. */
public record BeatJson(Instant leaseDeadline, long leaseRemainingMs, List<Assigned> assigned, List<Revoked> revoked) {
    /** A task pushed to the session. */
    public record Assigned(String task, long token) {}

    /** A grant that was taken away; {@code resource} is {@code kind:name}. */
    public record Revoked(String resource, long token, String reason) {}

    /** One of many; either the beat or the error is there. */
    public record Of(
            String id,
            boolean ok,
            @Nullable BeatJson beat,
            @Nullable Problem error) {}

    /** In the order of the request. */
    public record Batch(List<Of> results) {}

    static BeatJson of(Answer.Beat beat) {
        return new BeatJson(
                Texts.instant(beat.leaseDeadlineWall()),
                beat.leaseRemainingMillis(),
                beat.assigned().stream()
                        .map(task -> new Assigned(task.task(), task.token()))
                        .toList(),
                beat.revoked().stream()
                        .map(grant -> new Revoked(
                                grant.kind().label() + ":" + grant.name(),
                                grant.token(),
                                grant.reason().label()))
                        .toList());
    }
}

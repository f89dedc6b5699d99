package dev.homeroom.coordinator.http;

import dev.homeroom.coordinator.core.Bounds;
import dev.homeroom.coordinator.core.Command;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sign of life of one session.
 *
 * @param unanswered lowest seq still open at the client
 * @param activity when the session last made progress
 * @param seen tokens of assignments and revocations it has taken note of
 * @param usage figures such as tokens or cost, each the sum since it registered
 */
public record HeartbeatJson(
        @NotNull @Min(1) Long incarnation,
        @Nullable @Min(0) Long unanswered,
        @Nullable Instant activity,
        @Nullable @Size(max = Bounds.REVOCATIONS) List<@NotNull Long> seen,
        @Nullable @Size(max = Bounds.USAGE_FIGURES) Map<@NotBlank String, @NotNull Double> usage) {
    /** Heartbeats of many sessions in one request. */
    public static final int MANY = 1_000;

    Command.Heartbeat toCommand(String session, Instant now) {
        return command(session, incarnation, unanswered, activity, seen, usage, now);
    }

    private static Command.Heartbeat command(
            String session,
            long incarnation,
            @Nullable Long unanswered,
            @Nullable Instant activity,
            @Nullable List<Long> seen,
            @Nullable Map<String, Double> usage,
            Instant now) {
        long age = activity == null ? -1 : Math.max(0, now.toEpochMilli() - activity.toEpochMilli());
        return new Command.Heartbeat(
                session,
                incarnation,
                Texts.orZero(unanswered),
                age,
                Texts.orEmpty(seen),
                usage == null ? Map.of() : usage);
    }

    /** One of many. */
    public record Of(
            @NotBlank @Size(max = Bounds.NAME_BYTES) String id,
            @NotNull @Min(1) Long incarnation,
            @Nullable @Min(0) Long unanswered,
            @Nullable Instant activity,
            @Nullable @Size(max = Bounds.REVOCATIONS) List<@NotNull Long> seen,
            @Nullable @Size(max = Bounds.USAGE_FIGURES) Map<@NotBlank String, @NotNull Double> usage) {
        Command.Heartbeat toCommand(Instant now) {
            return command(id, incarnation, unanswered, activity, seen, usage, now);
        }
    }

    /** Many. */
    public record Batch(@NotNull @Size(max = MANY) List<@Valid @NotNull Of> heartbeats) {}
}

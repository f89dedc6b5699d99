package dev.homeroom.coordinator.http;

import dev.homeroom.coordinator.core.Profile;
import dev.homeroom.coordinator.core.SessionView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A session, with what can be computed of it at the time of the answer. */
public record SessionJson(
        String id,
        @Nullable String name,
        @Nullable String host,
        @Nullable String tty,
        @Nullable Long pid,
        @Nullable CodebaseJson codebase,
        @Nullable String lesson,
        List<String> capabilities,
        int maxConcurrentTasks,
        Duration leaseTimeout,
        String instance,
        long incarnation,

        @Schema(description = "starting, active, idle, stale, failed or released")
        String status,

        Duration heartbeatInterval,
        Instant leaseDeadline,
        long leaseRemainingMs,
        long heartbeatAgeSeconds,

        @Schema(description = "In the words of people, such as 30s ago.")
        String heartbeatAge,

        long secondsUntilStale,
        Instant lastActivity,
        Instant registeredAt,
        @Schema(description = "Task claims it holds.") int tasks,

        @Schema(description = "Since it got the oldest of its claims; absent without one.") @Nullable
        Duration claimDuration,

        StatisticsJson statistics,

        @Schema(description = "What it holds; in lists empty.")
        List<GrantJson> grants) {
    static SessionJson of(SessionView view) {
        Profile profile = view.profile();
        long age = view.heartbeatAgeMillis() / 1_000;
        return new SessionJson(
                view.id(),
                Texts.orNull(profile.name()),
                Texts.orNull(profile.host()),
                Texts.orNull(profile.tty()),
                profile.pid() == 0 ? null : profile.pid(),
                CodebaseJson.of(profile.codebase()),
                Texts.orNull(profile.lesson()),
                profile.capabilities(),
                profile.maxConcurrentTasks(),
                Duration.ofMillis(view.leaseMillis()),
                view.instance(),
                view.incarnation(),
                view.status().label(),
                Duration.ofMillis(view.heartbeatMillis()),
                Texts.instant(view.leaseDeadlineWall()),
                view.leaseRemainingMillis(),
                age,
                Age.words(age),
                view.untilStaleMillis() / 1_000,
                Texts.instant(view.activityWall()),
                Texts.instant(view.registeredWall()),
                view.tasks(),
                view.claimMillis() == 0 ? null : Duration.ofMillis(view.claimMillis()),
                StatisticsJson.of(view),
                view.grants().stream().map(GrantJson::of).toList());
    }
}

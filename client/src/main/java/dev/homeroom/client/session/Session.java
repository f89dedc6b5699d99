package dev.homeroom.client.session;

import dev.homeroom.client.Codebase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A session as the coordinator knows it at the time of the answer.
 *
 * @param incarnation grows with every new instance of the id
 * @param status starting, active, idle, stale, failed, released
 * @param leaseRemainingMs until the lease ends
 * @param lastActivity when it last made progress, which is another thing than a heartbeat
 * @param tasks how many tasks it holds
 * @param claimDuration since it got the oldest of its claims; null without one
 * @param statistics what it did so far (requirement R-S8); null when the server does not say
 * @param grants what it holds; lists of sessions may leave it out
 */
public record Session(
        String id,
        long incarnation,
        String instance,
        @Nullable String name,
        @Nullable String host,
        @Nullable String tty,
        @Nullable Long pid,
        @Nullable Codebase codebase,
        @Nullable String lesson,
        List<String> capabilities,
        int maxConcurrentTasks,
        String status,
        Duration leaseTimeout,
        Duration heartbeatInterval,
        Instant leaseDeadline,
        long leaseRemainingMs,
        long heartbeatAgeSeconds,
        @Nullable String heartbeatAge,
        long secondsUntilStale,
        @Nullable Instant lastActivity,
        @Nullable Instant registeredAt,
        int tasks,
        @Nullable Duration claimDuration,
        @Nullable Statistics statistics,

        List<Holding> grants) {
    /**
     * Something it holds.
     *
     * @param kind lock, claim or limit
     */
    public record Holding(
            String kind, String name, long token, @Nullable Instant deadline) {}

    /**
     * What a session did.
     *
     * @param meanTaskDuration of the tasks that ended; null before the first
     * @param usage running totals it reported, by name
     */
    public record Statistics(
            long tasksDone,
            long tasksFailed,
            @Nullable Duration meanTaskDuration,
            Duration uptime,
            Map<String, Double> usage) {}

    /** Copies the lists; an absent one is empty. */
    @SuppressWarnings("NullAway") // Jackson gives null for what is absent
    public Session {
        capabilities = capabilities == null ? List.of() : List.copyOf(capabilities);
        grants = grants == null ? List.of() : List.copyOf(grants);
    }
}

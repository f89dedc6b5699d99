package dev.homeroom.coordinator.core;

import java.util.List;

/**
 * A session at the time of an answer. Wall times are milliseconds since 1970, for display; ages are of the replicated
 * time.
 *
 * @param leaseRemainingMillis until its lease expires, at most the lease, so without the launch grace: a holder may count
 *     on it; 0 when it has ended
 * @param untilStaleMillis until it would be stale; 0 when it is, or has ended
 * @param tasks how many task claims it holds
 * @param claimMillis for how long it has held the oldest of its claims; 0 without one, or with 64 older grants
 * @param tally what it has done so far
 * @param grants what it holds, by token; in listings empty
 */
public record SessionView(
        String id,
        long incarnation,
        String instance,
        Profile profile,
        Status status,
        long leaseMillis,
        long heartbeatMillis,
        long leaseRemainingMillis,
        long leaseDeadlineWall,
        long heartbeatAgeMillis,
        long activityAgeMillis,
        long untilStaleMillis,
        long registeredWall,
        long activityWall,
        int tasks,
        long claimMillis,
        Tally tally,
        List<GrantView> grants) {}

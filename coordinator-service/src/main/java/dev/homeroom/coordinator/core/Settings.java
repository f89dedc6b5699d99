package dev.homeroom.coordinator.core;

import org.jspecify.annotations.Nullable;

/**
 * What an operator may choose and every replica must agree on: replicated by {@link Command.Configure}, never read from
 * a replica's own configuration while applying. Durations in milliseconds.
 *
 * @param leaseMillis lease of a session that asks for none
 * @param idleMillis a session that holds nothing and made no progress for so long is idle
 * @param staleMillis a heartbeat, or the progress of a holder, older than this makes a session stale
 * @param launchGraceMillis how long a session without a sign of life counts as starting; it fails no sooner
 * @param ttlMillis time to live of a grant that asks for none
 * @param permits capacity of a limit nobody has set; high, so that an unknown key blocks nothing
 * @param sessions how many sessions may live at once
 * @param grants how many grants may be held at once
 * @param grantsPerSession how many grants one session may hold
 * @param backlog how many changes wait for publication before the oldest become a gap
 * @param endedKeptMillis how long an ended session is remembered
 * @param endedKept how many ended sessions are remembered
 */
public record Settings(
        long leaseMillis,
        long idleMillis,
        long staleMillis,
        long launchGraceMillis,
        long ttlMillis,
        int permits,
        int sessions,
        int grants,
        int grantsPerSession,
        int backlog,
        long endedKeptMillis,
        int endedKept) {
    /** Seeds of the product (requirements R-S2, R-S3) and bounds a small machine carries. */
    public static final Settings DEFAULT = new Settings(
            30_000, 60_000, 300_000, 60_000, 600_000, 1_000_000, 20_000, 2_000_000, 10_000, 100_000, 600_000, 10_000);

    /** What is out of bounds; null when nothing is. */
    @Nullable
    String wrong() {
        return Checks.first(
                Checks.range("leaseMillis", leaseMillis, Bounds.SHORTEST_MILLIS, Bounds.LONGEST_LEASE_MILLIS),
                Checks.range("idleMillis", idleMillis, 1, Bounds.LONGEST_TTL_MILLIS),
                Checks.range("staleMillis", staleMillis, 1, Bounds.LONGEST_TTL_MILLIS),
                Checks.range("launchGraceMillis", launchGraceMillis, 0, Bounds.LONGEST_TTL_MILLIS),
                Checks.range("ttlMillis", ttlMillis, Bounds.SHORTEST_MILLIS, Bounds.LONGEST_TTL_MILLIS),
                Checks.range("permits", permits, 0, Integer.MAX_VALUE),
                Checks.range("sessions", sessions, 1, 1_000_000),
                Checks.range("grants", grants, 1, 10_000_000),
                Checks.range("grantsPerSession", grantsPerSession, 1, 1_000_000),
                Checks.range("backlog", backlog, 1, 10_000_000),
                Checks.range("endedKeptMillis", endedKeptMillis, 0, Bounds.LONGEST_TTL_MILLIS),
                Checks.range("endedKept", endedKept, 0, 1_000_000));
    }
}

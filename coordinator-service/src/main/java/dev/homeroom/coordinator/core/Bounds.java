package dev.homeroom.coordinator.core;

/** What is bounded for everybody alike; passing one is a {@link Rejection}. What an operator may choose is in {@link Settings}. */
public final class Bounds {
    /** Longest name, id or label, in UTF-8 bytes. */
    public static final int NAME_BYTES = 512;
    /** Longest part of a codebase, in UTF-8 bytes. */
    public static final int CODEBASE_BYTES = 1_024;
    /** Capabilities of a session. */
    public static final int CAPABILITIES = 64;
    /** All of them together, in UTF-8 bytes. */
    public static final int CAPABILITIES_BYTES = 8_192;
    /** Task claims a session may ask to hold at once. */
    public static final int CONCURRENT_TASKS = 1_000;
    /** Shortest lease or ttl, in milliseconds. */
    public static final long SHORTEST_MILLIS = 1_000;
    /** Longest lease: agents that heartbeat only when they call a tool. */
    public static final long LONGEST_LEASE_MILLIS = 4 * 3_600_000L;
    /** Longest ttl of a grant. */
    public static final long LONGEST_TTL_MILLIS = 24 * 3_600_000L;
    /** Limit keys of one task. */
    public static final int LIMITS_PER_TASK = 8;
    /** Candidates in one claim. */
    public static final int CANDIDATES = 1_000;
    /** Tasks granted by one claim. */
    public static final int CLAIM_COUNT = 256;
    /** Holds in one renewal or release of tasks. */
    public static final int HOLDS = 1_000;
    /** Requests of a session in flight: answers kept. */
    public static final int IN_FLIGHT = 256;
    /**
     * Grants in the answers kept for a session, where an answer may have several: 512, two of the largest claims of tasks,
     * or 8 of the largest sets. Without it {@link #IN_FLIGHT} answers could keep 65,536, with all their texts.
     */
    public static final int KEPT_GRANTS = 512;
    /** Revocations kept for a session until it has seen them. */
    public static final int REVOCATIONS = 256;
    /** How long a revocation is repeated to a session that never says it has seen it, in milliseconds. */
    public static final long REVOCATION_KEPT_MILLIS = 300_000;
    /** Former instances remembered per session, so that a late duplicate of their registration supersedes nobody. */
    public static final int FORMER_INSTANCES = 8;
    /** Items of a page. */
    public static final int PAGE = 1_000;
    /**
     * Endings that a leader asks for with one {@link Command.Expire}: ten milliseconds or so, which live heartbeats wait;
     * when more are due it asks again at once.
     */
    public static final int EXPIRE = 1_000;
    /** The most that one {@link Command.Expire} or {@link Command.Maintain} may ask for. */
    public static final int MOST_EXPIRED = 10_000;
    /** Limits with a capacity of their own, or in use. */
    public static final int LIMITS = 100_000;
    /** Answers kept for requests outside sessions. */
    public static final int REQUESTS = 10_000;
    /** Waiters at once, of all resources. */
    public static final int WAITERS = 200_000;
    /** Waiters of one resource. */
    public static final int WAITERS_PER_RESOURCE = 10_000;
    /** Waiters of one session: no more than its requests in flight. */
    public static final int WAITERS_PER_SESSION = IN_FLIGHT;
    /** Resources acquired at once. */
    public static final int RESOURCES_AT_ONCE = 64;
    /** Owners of a circle that are named when it is refused: a circle may go through thousands, and the answer is kept. */
    public static final int CYCLE = 16;
    /** Longest wait in a queue, in milliseconds. */
    public static final long LONGEST_WAIT_MILLIS = 600_000;
    /** Longest lock-delay, in milliseconds. */
    public static final long LONGEST_LOCK_DELAY_MILLIS = 60_000;
    /**
     * How long a grant given to a waiter, or pushed, is kept for a session that does not show that it knows of it: this and
     * two of its heartbeat intervals, in milliseconds (design §3 has this alone; see {@link Provision}).
     */
    public static final long PROVISIONAL_MILLIS = 10_000;
    /** Metadata entries of a grant. */
    public static final int METADATA_ENTRIES = 16;
    /** Metadata of a grant, keys and values together, in UTF-8 bytes. */
    public static final int METADATA_BYTES = 4_096;
    /** Usage figures of a session. */
    public static final int USAGE_FIGURES = 16;
    /** Affinities. */
    public static final int AFFINITIES = 10_000;
    /** Time windows of an affinity. */
    public static final int WINDOWS = 16;
    /** Published changes kept for the audit trail. */
    public static final int AUDIT = 10_000;
    /** Highest rate and burst of a token bucket. */
    public static final double HIGHEST_RATE = 1_000_000;
    /** Highest token floor: leaves room for 2^62 further grants. */
    public static final long HIGHEST_TOKEN_FLOOR = 1L << 62;
    /** What one batch may add to the replicated time, in nanoseconds: 1 s. */
    public static final long STEP_NANOS = 1_000_000_000L;

    private Bounds() {}
}

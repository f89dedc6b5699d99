package dev.homeroom.coordinator.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of the coordinator; reads are commands too. Texts may be empty, never absent; a wrong value is
 * answered by a {@link Rejection}, it never throws. Durations are milliseconds.
 */
public sealed interface Command {
    /** A command of a session's incarnation, executed exactly once when {@link #request()} carries a seq. */
    sealed interface OfSession extends Command {
        /** The session's id. */
        String session();

        /** Its incarnation; another one is rejected {@link Rejection.Reason#STALE_INCARNATION}. */
        long incarnation();

        /** Its seq, or {@link Request#NONE}. */
        Request request();
    }

    /**
     * Registers a session; the same id and instance is answered with the same incarnation. Another instance supersedes.
     *
     * @param id empty: the instance is the id
     * @param instance made by the client for this run of the process
     * @param leaseMillis 0: the default; else 1 s to 4 h
     * @param heartbeatMillis how often it means to heartbeat, for display; 0: a third of the lease, at most 10 s
     */
    record Register(String id, String instance, Profile profile, long leaseMillis, long heartbeatMillis)
            implements Command {}

    /** Ends a session and all it holds; {@code incarnation} 0 = the current one. A repeat is not an error. */
    record ReleaseSession(String session, long incarnation) implements Command {}

    /**
     * Renews the lease.
     *
     * @param unanswered lowest seq still open at the client, 0 = not said; answers below are dropped
     * @param activityAgeMillis how long ago the session last made progress; negative = not said
     * @param seen tokens of revocations the session has taken note of, at most {@link Bounds#REVOCATIONS}
     */
    record Heartbeat(String session, long incarnation, long unanswered, long activityAgeMillis, List<Long> seen)
            implements Command {}

    /**
     * Acquires a resource; the same owner (session, incarnation, holder) gets its present grant again.
     *
     * @param holder empty: the name of the resource
     * @param ttlMillis 0: the default; else 1 s to 24 h
     */
    record Acquire(
            String session, long incarnation, Request request, Kind kind, String name, String holder, long ttlMillis)
            implements OfSession {}

    /** Puts a grant's deadline at now + ttl (0: the ttl it was granted with). */
    record Renew(String session, long incarnation, Request request, Kind kind, String name, long token, long ttlMillis)
            implements OfSession {}

    /** Gives a grant back; only with its current token. */
    record Release(String session, long incarnation, Request request, Kind kind, String name, long token)
            implements OfSession {}

    /**
     * Grants claims of tasks, with their limit permits, in the order of the candidates; for queue-service.
     *
     * @param count at most so many, 1 to {@link Bounds#CLAIM_COUNT}
     * @param ttlMillis 0: the default
     */
    record ClaimTasks(
            String session, long incarnation, Request request, int count, long ttlMillis, List<Candidate> candidates)
            implements OfSession {}

    /**
     * A task that may be claimed.
     *
     * @param task the task's id; its claim is named {@code task/<id>}
     * @param priority 0 to 9, 9 first; affinity decides only inside the same priority
     * @param lesson may be empty
     * @param limits keys of the limits it needs a permit of, at most {@link Bounds#LIMITS_PER_TASK}
     */
    record Candidate(String task, int priority, String lesson, List<String> limits) {}

    /** Renews claims of tasks, each for itself; for queue-service. {@code ttlMillis} 0: the ttl granted with. */
    record RenewTasks(List<TaskHold> holds, long ttlMillis) implements Command {}

    /** Ends claims of tasks; one that is not held with that token any more is not an error. For queue-service. */
    record ReleaseTasks(List<TaskHold> holds) implements Command {}

    /** A task claim as queue-service knows it. */
    record TaskHold(String task, String session, long token) {}

    /** Sets the capacity of a limit; 0 stops it. Permits already granted stay. */
    record SetLimit(String key, int permits) implements Command {}

    /** No token at or below the floor is granted from now on. */
    record RaiseTokenFloor(long floor) implements Command {}

    /** One session, live or remembered. */
    record GetSession(String id) implements Command {}

    /** Sessions by id, {@code after} exclusive, {@code limit} 1 to {@link Bounds#PAGE}. */
    record ListSessions(@Nullable Status status, String after, int limit) implements Command {}

    /** One resource with its grants (the first {@link Bounds#PAGE}). */
    record GetResource(Kind kind, String name) implements Command {}

    /**
     * Grants by kind and name.
     *
     * @param kind null: all
     * @param prefix of the name; empty: all
     * @param after {@link Answer.GrantPage#next()} of the previous page, or empty
     * @param olderThanMillis only grants at least this old
     */
    record ListGrants(@Nullable Kind kind, String prefix, String after, int limit, long olderThanMillis)
            implements Command {}

    /**
     * Ends what is due; the leader sends it every 500 ms while anything can expire, so it is the tick too. It has no
     * effect but time when {@code term} is not the current one.
     *
     * @param max at most so many at once, 1 to {@link Bounds#EXPIRE}; the answer says whether more is due
     */
    record Expire(long term, int max) implements Command {}

    /** Changes waiting for publication, after a place. */
    record ReadBacklog(Cursor after, int limit) implements Command {}

    /** Everything up to here is published; trims the backlog. A cursor never goes back. */
    record CommitCursor(Cursor cursor) implements Command {}

    /** Replaces the settings; the leader sends it when they differ from its configuration. */
    record Configure(Settings settings) implements Command {}

    /**
     * Executes a command outside any session at most once, as long as the id is in the bounded table.
     *
     * @param requestId made by the client, 1 to {@link Bounds#NAME_BYTES} bytes
     * @param command {@link Register}, {@link ReleaseSession}, {@link SetLimit} or {@link RaiseTokenFloor}
     */
    record Once(String requestId, Command command) implements Command {}
}

package dev.homeroom.coordinator.core;

import java.util.List;
import java.util.Map;
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
     * @param seen tokens of revocations, assignments and grants that ended a wait, of which the session has taken note; at
     *     most {@link Bounds#REVOCATIONS}
     * @param usage figures the client reports, by name, each the sum since it registered; empty = not said; at most
     *     {@link Bounds#USAGE_FIGURES}
     */
    record Heartbeat(
            String session,
            long incarnation,
            long unanswered,
            long activityAgeMillis,
            List<Long> seen,
            Map<String, Double> usage)
            implements Command {
        /** Without figures. */
        public Heartbeat(String session, long incarnation, long unanswered, long activityAgeMillis, List<Long> seen) {
            this(session, incarnation, unanswered, activityAgeMillis, seen, Map.of());
        }
    }

    /**
     * Acquires a resource; the same owner (session, incarnation, holder) gets its present grant again.
     *
     * @param holder empty: the name of the resource
     * @param ttlMillis 0: the default; else 1 s to 24 h
     * @param terms what to do when somebody else holds it
     */
    record Acquire(
            String session,
            long incarnation,
            Request request,
            Kind kind,
            String name,
            String holder,
            long ttlMillis,
            Terms terms)
            implements OfSession {
        /** Or else be refused at once. */
        public Acquire(
                String session,
                long incarnation,
                Request request,
                Kind kind,
                String name,
                String holder,
                long ttlMillis) {
            this(session, incarnation, request, kind, name, holder, ttlMillis, Terms.FAIL_FAST);
        }
    }

    /**
     * Acquires several resources, all or none; each gets a grant of its own. A waiter for several queues at each,
     * reserves none and is overtaken at none.
     *
     * @param resources distinct, 1 to {@link Bounds#RESOURCES_AT_ONCE}
     * @param holder empty: of each the name of the resource
     * @param terms {@link Strategy#FAIL_FAST} or {@link Strategy#RETRY}
     */
    record AcquireAll(
            String session,
            long incarnation,
            Request request,
            List<ResourceKey> resources,
            String holder,
            long ttlMillis,
            Terms terms)
            implements OfSession {}

    /**
     * The client of a waiting request has gone away. Ends the waiter, or the grant it got that nobody has taken note of;
     * without effect unless {@code attachment} is the waiter's present one.
     */
    record CancelWait(String session, long incarnation, long ticket, String attachment) implements Command {}

    /**
     * Takes a resource away from whoever holds it; privileged, audited. The losers are told.
     *
     * @param token only the grant with this token; 0: all grants of the resource
     * @param by who orders it
     * @param why for people, 1 to {@link Bounds#NAME_BYTES} bytes
     */
    record ForceRelease(Kind kind, String name, long token, String by, String why) implements Command {}

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
     * @param capabilities what a session must be able to do, at most {@link Bounds#CAPABILITIES}
     * @param host machine on which the task was worked on before; may be empty
     * @param repo repository in which it was worked on before; may be empty
     */
    record Candidate(
            String task,
            int priority,
            String lesson,
            List<String> limits,
            List<String> capabilities,
            String host,
            String repo) {
        /** Never worked on, for any session. */
        public Candidate(String task, int priority, String lesson, List<String> limits) {
            this(task, priority, lesson, limits, List.of(), "", "");
        }
    }

    /**
     * Pushes a task to a session: grants its claim, with its limit permits, and tells the session with its next
     * heartbeat; for queue-service. A task already assigned to that session is answered with its present grant.
     *
     * @param session empty: the best one that is available
     * @param ttlMillis 0: the default
     */
    record AssignTask(String session, Candidate task, long ttlMillis) implements Command {}

    /** Renews claims of tasks, each for itself; for queue-service. {@code ttlMillis} 0: the ttl granted with. */
    record RenewTasks(List<TaskHold> holds, long ttlMillis) implements Command {}

    /** Ends claims of tasks; one that is not held with that token any more is not an error. For queue-service. */
    record ReleaseTasks(List<TaskHold> holds) implements Command {}

    /** A task claim as queue-service knows it; {@code outcome}: with a release, what came of the task. */
    record TaskHold(String task, String session, long token, TaskOutcome outcome) {
        /** Nothing came of it yet. */
        public TaskHold(String task, String session, long token) {
            this(task, session, token, TaskOutcome.NONE);
        }
    }

    /** Sets the capacity of a limit; 0 stops it. Permits already granted stay. */
    record SetLimit(String key, int permits) implements Command {}

    /** One limit; a key nobody has set or uses is answered with the default. */
    record GetLimit(String key) implements Command {}

    /** Limits that were set or are in use, by key; {@code after} exclusive, {@code limit} 1 to {@link Bounds#PAGE}. */
    record ListLimits(String after, int limit) implements Command {}

    /**
     * Gives a key a token bucket: at most {@code burst} at once, refilled with {@code perSecond}. Both 0 removes it.
     *
     * @param perSecond 0 to 1,000,000
     * @param burst 0 to 1,000,000
     */
    record SetRate(String key, double perSecond, double burst) implements Command {}

    /** Takes {@code amount} from the bucket of a key, all or nothing; of a key without a bucket, always. */
    record Consume(String session, long incarnation, Request request, String key, double amount) implements OfSession {}

    /** Puts {@code amount} back, never over the burst. */
    record Refund(String session, long incarnation, Request request, String key, double amount) implements OfSession {}

    /** Makes or replaces an affinity. */
    record PutAffinity(Affinity affinity) implements Command {}

    /** Removes an affinity; a repeat is not an error. */
    record DeleteAffinity(String id) implements Command {}

    /** One affinity. */
    record GetAffinity(String id) implements Command {}

    /** Affinities by id, of one session or, when it is empty, of all. */
    record ListAffinities(String session, String after, int limit) implements Command {}

    /**
     * Which affinities have an open time window now: the leader evaluates time zones, so that replicas with different
     * zone rules agree. Without effect when {@code term} is not the current one.
     */
    record OpenAffinities(long term, List<String> ids) implements Command {}

    /**
     * Sessions that may take a task, best first, with their scores.
     *
     * @param task only lesson, capabilities, host and repo count
     * @param atWall for which time windows are looked at; 0: now
     * @param limit 1 to {@link Bounds#PAGE}
     */
    record FindSessions(Candidate task, long atWall, int limit) implements Command {}

    /**
     * The latest changes, newest first.
     *
     * @param kind null: grants of every kind and sessions too
     * @param name of the resource; empty: all
     * @param session empty: all
     * @param before only changes before this place; null: from the newest
     */
    record ReadAudit(
            @Nullable Kind kind,
            String name,
            String session,
            @Nullable Cursor before,
            int limit) implements Command {}

    /** Ends what is due, as the leader does by itself; on demand. */
    record Maintain(int max) implements Command {}

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
     * @param max at most so many at once, 1 to {@link Bounds#MOST_EXPIRED}; the answer says whether more is due
     */
    record Expire(long term, int max) implements Command {}

    /** Changes waiting for publication, after a place. */
    record ReadBacklog(Cursor after, int limit) implements Command {}

    /** Everything up to here is published; trims the backlog. A cursor never goes back. */
    record CommitCursor(Cursor cursor) implements Command {}

    /** Replaces the settings; the leader sends it when they differ from its configuration. */
    record Configure(Settings settings) implements Command {}

    /**
     * The state was restored from a backup: the ids of changes begin with a new epoch, unless it has this one or a later.
     *
     * @param epoch when that was, milliseconds since 1970
     */
    record NewEpoch(long epoch) implements Command {}

    /**
     * Executes a command outside any session at most once, as long as the id is in the bounded table.
     *
     * @param requestId made by the client, 1 to {@link Bounds#NAME_BYTES} bytes
     * @param command {@link Register}, {@link ReleaseSession}, {@link SetLimit}, {@link SetRate}, {@link RaiseTokenFloor},
     *     {@link ForceRelease}, {@link AssignTask}, {@link PutAffinity} or {@link DeleteAffinity}
     */
    record Once(String requestId, Command command) implements Command {}
}

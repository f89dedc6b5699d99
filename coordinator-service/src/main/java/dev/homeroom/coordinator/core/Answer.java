package dev.homeroom.coordinator.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a command is answered with, after commit and apply. Wall times are milliseconds since 1970, for display. */
public sealed interface Answer {
    /** It changed nothing; to any command. */
    record Rejected(Rejection rejection) implements Answer {}

    /** To {@link Command.Register}, {@link Command.GetSession}. */
    record OneSession(SessionView session) implements Answer {}

    /** To {@link Command.ListSessions}; {@code next} goes into {@code after}, null at the end. */
    record SessionPage(List<SessionView> sessions, @Nullable String next) implements Answer {}

    /** To {@link Command.ReleaseSession}: how many grants ended with it. */
    record SessionReleased(int grants) implements Answer {}

    /** To {@link Command.Heartbeat}: what the session must know. */
    record Beat(
            String session,
            long leaseRemainingMillis,
            long leaseDeadlineWall,
            List<Assignment> assigned,
            List<Revocation> revoked)
            implements Answer {}

    /** A task pushed to a session. */
    record Assignment(String task, long token) {}

    /** A grant taken from a living session; repeated until the session says it has seen the token. */
    record Revocation(Kind kind, String name, long token, EndReason reason) {}

    /** To {@link Command.Acquire}, {@link Command.Renew}. {@code available}: permits left; 0 for locks and claims. */
    record Granted(GrantView grant, int available) implements Answer {}

    /** To {@link Command.AcquireAll}, in the order of the resources. */
    record GrantedAll(List<GrantView> grants) implements Answer {}

    /**
     * To {@link Command.Acquire}, {@link Command.AcquireAll} that queue: the answer follows as a {@link WaitEnd}.
     *
     * @param ticket names the waiter
     * @param position 1: next; far back it is the length of the queue
     * @param holder of the first resource that is held, if any is
     * @param remainingMillis until the wait ends by itself
     */
    record Waiting(long ticket, int position, @Nullable Holder holder, long remainingMillis) implements Answer {}

    /** To {@link Command.CancelWait}: whether it ended anything. */
    record WaitCancelled(boolean ended) implements Answer {}

    /** To {@link Command.ForceRelease}: what was taken. */
    record Taken(List<GrantView> grants) implements Answer {}

    /** To {@link Command.Release}. */
    record Released(int available) implements Answer {}

    /**
     * To {@link Command.ClaimTasks}.
     *
     * @param grants claims named {@code task/<id>}: those pushed to it before, then in the order they were taken
     * @param exhausted limit keys that had no permit left for a candidate
     * @param full the session may hold no further task claim
     */
    record TasksClaimed(List<GrantView> grants, List<String> exhausted, boolean full) implements Answer {}

    /** To {@link Command.RenewTasks}, in the order of the holds. */
    record TasksRenewed(List<TaskRenewal> renewals) implements Answer {}

    /** Exactly one of both is present. */
    record TaskRenewal(
            String task,
            @Nullable GrantView grant,
            @Nullable Rejection rejection) {}

    /** To {@link Command.ReleaseTasks}: how many ended now. */
    record TasksReleased(int released) implements Answer {}

    /** To {@link Command.AssignTask}. */
    record Assigned(GrantView grant, Score score) implements Answer {}

    /** To {@link Command.FindSessions}, best first. */
    record RankedSessions(List<RankedSession> sessions) implements Answer {}

    /** A session that may take a task; its grants are left out. */
    record RankedSession(SessionView session, Score score) {}

    /**
     * To {@link Command.SetLimit}, {@link Command.GetLimit}, {@link Command.SetRate}.
     *
     * @param permits its capacity
     * @param waiting how many waiters it has
     * @param rate its token bucket, if it has one
     */
    record OneLimit(
            String key,
            int permits,
            int used,
            int waiting,
            @Nullable Rate rate) implements Answer {
        /** Without waiters and bucket. */
        public OneLimit(String key, int permits, int used) {
            this(key, permits, used, 0, null);
        }

        OneLimit with(int newPermits) {
            return new OneLimit(key, newPermits, used, waiting, rate);
        }
    }

    /** A token bucket; {@code available}: now. */
    record Rate(double perSecond, double burst, double available) {}

    /** To {@link Command.ListLimits}; {@code next} goes into {@code after}, null at the end. */
    record LimitPage(List<OneLimit> limits, @Nullable String next) implements Answer {}

    /**
     * To {@link Command.Consume}, {@link Command.Refund}.
     *
     * @param taken whether the amount was taken; after a refund true
     * @param available what is left
     * @param retryAfterMillis when not taken: after how long there will be enough; -1: never, it is over the burst
     */
    record Consumed(boolean taken, double available, long retryAfterMillis) implements Answer {}

    /** To {@link Command.PutAffinity}, {@link Command.GetAffinity}; {@code open}: a window is open now. */
    record OneAffinity(Affinity affinity, boolean open) implements Answer {}

    /** To {@link Command.ListAffinities}; {@code next} goes into {@code after}, null at the end. */
    record AffinityPage(
            List<OneAffinity> affinities, @Nullable String next) implements Answer {}

    /** To {@link Command.ReadAudit}; {@code next} goes into {@code before}, null at the end of what is kept. */
    record AuditPage(List<Published> changes, @Nullable Cursor next) implements Answer {}

    /** To {@link Command.RaiseTokenFloor}: the next token will be at least this. */
    record TokenFloor(long next) implements Answer {}

    /** To {@link Command.GetResource}; a resource nobody holds has no grants. */
    record OneResource(Kind kind, String name, int capacity, int used, List<GrantView> grants) implements Answer {}

    /** To {@link Command.ListGrants}; {@code next} goes into {@code after}, null at the end. */
    record GrantPage(List<GrantView> grants, @Nullable String next) implements Answer {}

    /**
     * To {@link Command.Expire}, {@link Command.Maintain}.
     *
     * @param sessions that failed
     * @param grants that ended
     * @param more something is still due: send another
     * @param waiting whether anything can expire at all; without it no tick is needed
     */
    record Expired(int sessions, int grants, boolean more, boolean waiting) implements Answer {}

    /** To {@link Command.ReadBacklog}: a gap, when there is one after the place, precedes all changes. */
    record Backlog(@Nullable Gap gap, List<Published> changes) implements Answer {}

    /** To {@link Command.CommitCursor}, {@link Command.Configure}, {@link Command.DeleteAffinity}, {@link Command.OpenAffinities}. */
    record Done() implements Answer {}

    /** The same answer, given again so many milliseconds later: what remains of a grant is less. */
    default Answer later(long millis) {
        return switch (this) {
            case Granted granted -> new Granted(granted.grant().later(millis), granted.available());
            case TasksClaimed claimed ->
                new TasksClaimed(
                        claimed.grants().stream().map(g -> g.later(millis)).toList(),
                        claimed.exhausted(),
                        claimed.full());
            case GrantedAll granted ->
                new GrantedAll(
                        granted.grants().stream().map(g -> g.later(millis)).toList());
            default -> this;
        };
    }
}

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

    /** To {@link Command.Release}. */
    record Released(int available) implements Answer {}

    /**
     * To {@link Command.ClaimTasks}.
     *
     * @param grants claims named {@code task/<id>}, in the order of the candidates
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

    /** To {@link Command.SetLimit}. */
    record OneLimit(String key, int permits, int used) implements Answer {}

    /** To {@link Command.RaiseTokenFloor}: the next token will be at least this. */
    record TokenFloor(long next) implements Answer {}

    /** To {@link Command.GetResource}; a resource nobody holds has no grants. */
    record OneResource(Kind kind, String name, int capacity, int used, List<GrantView> grants) implements Answer {}

    /** To {@link Command.ListGrants}; {@code next} goes into {@code after}, null at the end. */
    record GrantPage(List<GrantView> grants, @Nullable String next) implements Answer {}

    /**
     * To {@link Command.Expire}.
     *
     * @param sessions that failed
     * @param grants that ended
     * @param more something is still due: send another
     * @param waiting whether anything can expire at all; without it no tick is needed
     */
    record Expired(int sessions, int grants, boolean more, boolean waiting) implements Answer {}

    /** To {@link Command.ReadBacklog}: a gap, when there is one after the place, precedes all changes. */
    record Backlog(@Nullable Gap gap, List<Published> changes) implements Answer {}

    /** To {@link Command.CommitCursor}, {@link Command.Configure}. */
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
            default -> this;
        };
    }
}

package dev.homeroom.coordinator.sim;

import java.util.List;

/** All that must hold. */
final class Invariants {
    private Invariants() {}

    /** Fresh ones for a run. */
    static List<Invariant> all() {
        return List.of(
                new AtMostCapacityHolders(),
                new TokensStrictlyIncrease(),
                new NoGrantWithoutLiveLease(),
                new ASeqHasOneAnswer(),
                new SameLogSameState(),
                new NoEndBeforeTheDeadline(),
                new GrantsEndForAReason(),
                new LeaderChangesExpireNobody(),
                new StaleTermsExpireNothing(),
                new FirstComeFirstServed(),
                new WaitsEndInTime(),
                new NoGrantInLockDelay(),
                new HoldersNeverOverlap(),
                new NoStaleWriteIsAccepted(),
                new TasksShareNoPermit(),
                new ReadsAreLinearizable(),
                new ChangesArePublishedInOrder(),
                new EverythingEnds());
    }
}

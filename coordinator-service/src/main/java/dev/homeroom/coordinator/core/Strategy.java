package dev.homeroom.coordinator.core;

/** What an acquire does when somebody else holds the resource (requirement R-L2). */
public enum Strategy {
    /** It is refused. */
    FAIL_FAST,
    /** It waits in the queue, or tries again after growing pauses. */
    RETRY,
    /** It takes the resource from a holder whose session is stale, else it is refused; locks and claims only. */
    STEAL_STALE,
    /** It takes the resource from any holder; privileged; locks and claims only. */
    FORCE_ACQUIRE
}

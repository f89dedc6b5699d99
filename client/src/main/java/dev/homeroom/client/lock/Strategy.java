package dev.homeroom.client.lock;

/** What to do when somebody else holds it (requirement R-L2). */
public enum Strategy {
    /** Refuse at once. */
    FAIL_FAST,
    /**
     * Try again: with a {@code wait}, the coordinator queues the request, first come first served, and answers as soon as
     * it is granted; without one, this client asks again after the pauses of a backoff.
     */
    RETRY,
    /** Take it when its holder is stale; refuse otherwise. */
    STEAL_STALE,
    /** Take it always; needs a privileged token and is audited. */
    FORCE_ACQUIRE
}

package dev.homeroom.queue.core;

/** What came of an {@link AssignRequest}. */
public sealed interface AssignAnswer {
    /**
     * A session has the claim, and is told with its next heartbeat.
     *
     * @param grant the claim
     * @param holder the session that got it
     * @param score why it was that one
     */
    record Assigned(TaskGrant grant, Holder holder, Score score) implements AssignAnswer {}

    /** Nobody got it. */
    record Refused(CoordinatorProblem problem) implements AssignAnswer {}
}

package dev.homeroom.queue.core;

/** Whether a claim was renewed. */
public sealed interface RenewAnswer {
    /** It was; {@code grant} has the new deadline. */
    record Renewed(TaskGrant grant) implements RenewAnswer {}

    /** It was not. */
    record Refused(CoordinatorProblem problem) implements RenewAnswer {}
}

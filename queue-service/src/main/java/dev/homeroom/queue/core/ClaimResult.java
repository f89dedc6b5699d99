package dev.homeroom.queue.core;

/** What became of a grant when it was written into the task's row. */
public sealed interface ClaimResult {
    /** The grant it is about. */
    GrantedClaim claim();

    /** The task is claimed with this token: now, or already by the same request. */
    record Applied(GrantedClaim claim, Task task) implements ClaimResult {}

    /**
     * It is not.
     *
     * @param rowToken the token of the row, 0 when the task is over; one above that of the grant means that the
     *     coordinator forgot tokens
     */
    record Refused(GrantedClaim claim, long rowToken) implements ClaimResult {
        /** Whether the coordinator issues tokens that were issued before. */
        public boolean byNewerToken() {
            return rowToken > claim.grant().token();
        }
    }
}

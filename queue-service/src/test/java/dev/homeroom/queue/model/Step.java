package dev.homeroom.queue.model;

/**
 * Something that happens.
 *
 * @param kind what
 * @param grant which grant it is about, 0 for none
 * @param session which session does it, 0 for none, 1 or 2
 */
public record Step(Kind kind, int grant, int session) {
    /** What can happen. */
    public enum Kind {
        CANDIDATE_READ("a scan finds the task"),
        GRANTED("the coordinator grants it"),
        CLAIM_WRITTEN("the claim is written, if the row lets it"),
        COMPLETED("a finish: completed"),
        FAILED("a finish: to be retried later"),
        RELEASED("a finish: handed back"),
        CANCELLED("the task is cancelled"),
        GRANT_EXPIRED("the live grant expires"),
        RELEASE_ARRIVED("a release reaches the coordinator"),
        END_ARRIVED("the event of a grant's end arrives"),
        TIME_PASSED("the retry is due"),
        DEADLINE_PASSED("the deadline passes"),
        SWEEP_READS_ROWS("the sweep reads the rows"),
        SWEEP_READS_GRANTS("the sweep reads the grants"),
        SWEEP_REPAIRS_ROW("the sweep puts the row back"),
        SWEEP_FENCES("the sweep raises the token of the row"),
        SWEEP_RELEASES("the sweep looks at the row again and gives the grant back"),
        SWEEP_ENDS("the sweep finds nothing more to do"),
        SWEEP_CRASHED("the sweep ends in the middle"),
        RESTORED("the coordinator is restored from an older backup"),
        FLOOR_RAISED("the coordinator is told which tokens the rows have seen");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    static Step of(Kind kind) {
        return new Step(kind, 0, 0);
    }

    static Step of(Kind kind, int grant) {
        return new Step(kind, grant, 0);
    }

    @Override
    public String toString() {
        return kind.words
                + (grant == 0 ? "" : " (grant " + grant + ")")
                + (session == 0 ? "" : " by session " + (session == 1 ? "a" : "b"));
    }
}

package dev.homeroom.coordinator.desk;

import dev.homeroom.coordinator.Refused;
import dev.homeroom.coordinator.core.Bounds;
import dev.homeroom.coordinator.core.Rejection;
import dev.homeroom.coordinator.core.Strategy;
import dev.homeroom.coordinator.core.Terms;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client wishes for beside the resource, as an interface read it. What is absent is null, empty or 0.
 *
 * @param strategy null: {@link Strategy#RETRY} with a wait or a patience, else {@link Strategy#FAIL_FAST}
 * @param waitMillis with RETRY: in the queue
 * @param patience with RETRY: tries after pauses, instead of a wait
 * @param lockDelayMillis how long nobody else gets it after an end without a release
 * @param metadata shown with the grant
 * @param reason with {@link Strategy#FORCE_ACQUIRE}
 */
public record Wish(
        @Nullable Strategy strategy,
        @Nullable Long waitMillis,
        @Nullable Patience patience,
        long lockDelayMillis,
        Map<String, String> metadata,
        String reason) {
    /** To have it at once or be refused. */
    public static final Wish FAIL_FAST = new Wish(null, null, null, 0, Map.of(), "");

    /**
     * The terms of the command; the attachment is added when it is submitted.
     *
     * @throws Refused {@code INVALID} when parts contradict each other or are out of bounds
     * @throws Denied when the caller may not take by force, or may not hold anything
     */
    public Terms terms(Caller caller) {
        Strategy chosen = chosen();
        check(chosen);
        boolean force = chosen == Strategy.FORCE_ACQUIRE;
        if (force && !caller.mayForce()) {
            throw new Denied("FORCE_ACQUIRE needs the role operator or admin.");
        }
        if (!force && !caller.mayHold()) {
            throw new Denied("Acquiring needs the role agent; an operator may use FORCE_ACQUIRE.");
        }
        if (this.equals(FAIL_FAST)) {
            return Terms.FAIL_FAST;
        }
        return new Terms(
                chosen,
                waitMillis == null ? 0 : waitMillis,
                true,
                "",
                lockDelayMillis,
                metadata,
                force ? caller.subject() : "",
                reason);
    }

    private Strategy chosen() {
        if (strategy != null) {
            return strategy;
        }
        return waitMillis != null || patience != null ? Strategy.RETRY : Strategy.FAIL_FAST;
    }

    private void check(Strategy chosen) {
        if (chosen != Strategy.RETRY && (waitMillis != null || patience != null)) {
            throw wrong("wait and retry go with the strategy RETRY only");
        }
        if (waitMillis != null && patience != null) {
            throw wrong("send either wait, to queue, or retry, to try again after pauses");
        }
        if (waitMillis != null && (waitMillis < 0 || waitMillis > Bounds.LONGEST_WAIT_MILLIS)) {
            throw wrong("wait: must be from 0 to " + Bounds.LONGEST_WAIT_MILLIS + " milliseconds");
        }
        if (chosen == Strategy.FORCE_ACQUIRE && reason.isBlank()) {
            throw wrong("reason: must be given with FORCE_ACQUIRE; the audit trail keeps it");
        }
    }

    private static Refused wrong(String detail) {
        return new Refused(Rejection.of(Rejection.Reason.INVALID, detail));
    }
}

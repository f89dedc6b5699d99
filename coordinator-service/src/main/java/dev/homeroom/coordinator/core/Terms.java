package dev.homeroom.coordinator.core;

import java.util.Map;

/**
 * What an acquire asks for beside the resource.
 *
 * @param waitMillis with {@link Strategy#RETRY}: wait in the queue for so long, at most {@link Bounds#LONGEST_WAIT_MILLIS};
 *     0 = be refused at once
 * @param lastTry whether a refusal is the answer for good; false while the interface goes on trying under the same seq
 * @param attachment names this submission of the request, so that only it can cancel the wait; may be empty without a wait
 * @param lockDelayMillis how long nobody else gets the resource after this grant ended without having been released; at
 *     most {@link Bounds#LONGEST_LOCK_DELAY_MILLIS}
 * @param metadata shown with the grant; at most {@link Bounds#METADATA_ENTRIES} and {@link Bounds#METADATA_BYTES}
 * @param by who asks, for the audit trail; empty: the session itself
 * @param why with {@link Strategy#FORCE_ACQUIRE}: the reason, for people
 */
public record Terms(
        Strategy strategy,
        long waitMillis,
        boolean lastTry,
        String attachment,
        long lockDelayMillis,
        Map<String, String> metadata,
        String by,
        String why) {
    /** Take it or be refused. */
    public static final Terms FAIL_FAST = new Terms(Strategy.FAIL_FAST, 0, true, "", 0, Map.of(), "", "");

    /** Waits in the queue. */
    public static Terms waiting(long millis, String attachment) {
        return new Terms(Strategy.RETRY, millis, true, attachment, 0, Map.of(), "", "");
    }
}

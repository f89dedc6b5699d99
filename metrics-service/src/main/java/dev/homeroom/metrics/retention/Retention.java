package dev.homeroom.metrics.retention;

import dev.homeroom.metrics.StoreUnavailableException;
import java.time.Instant;

/** Where what is too old is removed. Safe for several threads and replicas at once. Calls block. */
public interface Retention {
    /**
     * What a round removed.
     *
     * @param eventParts weeks of raw events
     * @param studentRows rows that name students
     * @param rollups minute and hour rows, or parts of them, and days of peer figures
     */
    record Removed(int eventParts, long studentRows, long rollups) {
        /** Whether there was nothing to do. */
        public boolean nothing() {
            return eventParts == 0 && studentRows == 0 && rollups == 0;
        }
    }

    /**
     * Removes what is older, and makes the place for the events of next week.
     *
     * @param now to which the ages of the settings are taken
     * @throws StoreUnavailableException when the store cannot be reached; what was removed until then stays removed
     */
    Removed round(Instant now);
}

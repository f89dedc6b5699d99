package dev.homeroom.coordinator;

import dev.homeroom.coordinator.core.WaitEnd;
import java.util.List;

/**
 * Hears on every replica how waits end. Called by one thread, beside the apply thread, in the order of the log; may be
 * slow, but past a bound it is told {@link #resynced()} instead of what it missed.
 */
public interface WaitListener {
    /** These waits ended. */
    void ended(List<WaitEnd> ends);

    /** Ends were missed, by an installed snapshot or by slowness: whoever waits must ask again. */
    void resynced();
}

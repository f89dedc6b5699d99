package dev.homeroom.queue.core.insight;

import dev.homeroom.queue.core.Holder;
import java.util.List;

/**
 * A limit as the coordinator knows it.
 *
 * @param key its key
 * @param permits how many there are
 * @param used how many of them are taken
 * @param waiting how many wait for one in its queue; they come before tasks
 * @param holders who took permits for themselves, at most 100; those of tasks belong to the claims of the tasks
 */
public record LimitUse(String key, int permits, int used, int waiting, List<Holder> holders) {
    /** Whether no task gets a permit now. */
    public boolean exhausted() {
        return used >= permits || waiting > 0;
    }
}

package dev.homeroom.queue.testing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Permits of limits, as the coordinator gives them with claims: all that a task needs, or none. */
final class Permits {
    private final Map<String, Integer> most = new HashMap<>();
    private final Map<String, List<String>> taken = new HashMap<>();

    /** A key that was not set has no bound. */
    void set(String key, int permits) {
        most.put(key, permits);
    }

    /** Takes one of each; otherwise names those that have none left. */
    boolean take(String task, List<String> keys, Set<String> exhausted) {
        boolean all = true;
        for (var key : keys) {
            long used =
                    taken.values().stream().filter(held -> held.contains(key)).count();
            if (used >= most.getOrDefault(key, Integer.MAX_VALUE)) {
                exhausted.add(key);
                all = false;
            }
        }
        if (all && !keys.isEmpty()) {
            taken.put(task, keys);
        }
        return all;
    }

    void giveBack(String task) {
        taken.remove(task);
    }
}

package dev.homeroom.queue.core.order;

import java.util.Map;
import java.util.Set;

/**
 * What is known of limits that ran out.
 *
 * @param exhausted keys without a free permit: their tasks are passed over
 * @param allowed of each key that may be free again: how many tasks are tried
 */
public record Scarce(Set<String> exhausted, Map<String, Integer> allowed) {
    /** Every limit has permits. */
    public static final Scarce NOTHING = new Scarce(Set.of(), Map.of());

    /** How many tasks of this lane may be offered in one round; 0: it is passed over. */
    int most(Lane lane) {
        if (lane.limits().isEmpty() || (exhausted.isEmpty() && allowed.isEmpty())) {
            return Integer.MAX_VALUE;
        }
        int most = Integer.MAX_VALUE;
        for (var key : lane.limits()) {
            most = exhausted.contains(key) ? 0 : Math.min(most, allowed.getOrDefault(key, Integer.MAX_VALUE));
        }
        return most;
    }

    boolean bars(Lane lane) {
        return most(lane) == 0;
    }
}

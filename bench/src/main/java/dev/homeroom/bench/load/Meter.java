package dev.homeroom.bench.load;

import java.util.LinkedHashMap;
import java.util.Map;

/** Running totals of what a load uses; read at both ends of the measured time. */
@FunctionalInterface
public interface Meter {
    /** The totals so far, by name, always the same names in the same order. */
    Map<String, Double> read();

    /** What was used between two readings. */
    static Map<String, Double> between(Map<String, Double> before, Map<String, Double> after) {
        Map<String, Double> used = new LinkedHashMap<>();
        after.forEach((name, total) -> used.put(name, total - before.getOrDefault(name, 0.0)));
        return used;
    }
}

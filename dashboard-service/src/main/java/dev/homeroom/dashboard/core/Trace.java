package dev.homeroom.dashboard.core;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The evidence of an episode, as the detector gave it.
 *
 * @param rule the rule in words
 * @param values the figures it compared, by name
 * @param events the metric events behind it, oldest first
 */
public record Trace(String rule, Map<String, Double> values, List<UUID> events) {
    public Trace {
        values = Map.copyOf(values);
        events = List.copyOf(events);
    }
}

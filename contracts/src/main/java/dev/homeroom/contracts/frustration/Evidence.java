package dev.homeroom.contracts.frustration;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Why a detector spoke.
 *
 * @param rule the rule in words, with its thresholds
 * @param values the figures it compared, by name
 * @param events the ids of the metric events behind it, oldest first, at most 20
 */
public record Evidence(String rule, Map<String, Double> values, List<UUID> events) {
    public Evidence {
        values = Map.copyOf(values);
        events = List.copyOf(events);
    }
}

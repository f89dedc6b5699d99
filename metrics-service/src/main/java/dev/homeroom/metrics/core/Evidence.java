package dev.homeroom.metrics.core;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Why a detector spoke.
 *
 * @param rule the rule in words, with its thresholds
 * @param values the figures it compared, by name
 * @param events the metric events behind it, oldest first, at most {@value #MAX_EVENTS}
 */
public record Evidence(String rule, Map<String, Double> values, List<UUID> events) {
    /** The most events that evidence names; the latest are kept. */
    public static final int MAX_EVENTS = 20;

    public Evidence {
        values = Map.copyOf(values);
        events = List.copyOf(events.subList(Math.max(0, events.size() - MAX_EVENTS), events.size()));
    }
}

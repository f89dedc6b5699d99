package dev.homeroom.coordinator.core;

import java.util.Map;
import java.util.TreeMap;

/**
 * What an incarnation has done so far (requirement R-S8).
 *
 * @param done tasks completed or skipped
 * @param failed attempts that failed
 * @param taskMillis time from claim to release of both together
 * @param usage figures the client reported last
 */
public record Tally(long done, long failed, long taskMillis, Map<String, Double> usage) {
    /** Nothing yet. */
    public static final Tally NONE = new Tally(0, 0, 0, Map.of());

    Tally reporting(Map<String, Double> figures) {
        // In the order of the names, so that snapshots of replicas are the same.
        return new Tally(done, failed, taskMillis, new TreeMap<>(figures));
    }

    Tally counting(TaskOutcome outcome, long millis) {
        return switch (outcome) {
            case NONE, CANCELLED -> this;
            case DONE -> new Tally(done + 1, failed, taskMillis + millis, usage);
            case FAILED -> new Tally(done, failed + 1, taskMillis + millis, usage);
        };
    }
}

package dev.homeroom.coordinator.core;

import java.util.Map;

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
}

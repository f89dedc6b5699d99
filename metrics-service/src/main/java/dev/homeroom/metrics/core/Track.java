package dev.homeroom.metrics.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one subject by one detector.
 *
 * @param memory of the detector
 * @param open the episode that lasts, if one does
 * @param lastAt event time of the last event about the subject
 * @param closedAt event time of the end of the last episode; the cool-down counts from it
 * @param rests how many of the detector's rests since the last event were read already
 */
public record Track(
        Record memory,
        @Nullable Episode open,
        Instant lastAt,
        @Nullable Instant closedAt,
        int rests) {}

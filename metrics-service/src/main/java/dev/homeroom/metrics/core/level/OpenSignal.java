package dev.homeroom.metrics.core.level;

import java.time.Duration;

/**
 * A signal of a detector about a student that has not ended.
 *
 * @param score as the detector gave it, 0 to 1; its plain rule just holds at 0.5
 * @param weight the most that this signal can say alone, 0 to 1: what the detector has proved worth
 * @param lasting since the signal's first evidence; not negative
 */
public record OpenSignal(double score, double weight, Duration lasting) {
    public OpenSignal {
        if (!(score >= 0 && score <= 1) || !(weight >= 0 && weight <= 1) || lasting.isNegative()) {
            throw new IllegalArgumentException(
                    "a signal is out of range: score %s, weight %s, lasting %s".formatted(score, weight, lasting));
        }
    }
}

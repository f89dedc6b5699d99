package dev.homeroom.metrics.scorecard;

import org.jspecify.annotations.Nullable;

/**
 * What a detector or the level is worth, as the mean over the homeworks.
 *
 * @param name of the detector, or {@code level}
 * @param auc of ranking the students by all of their work
 * @param aucInterval its 95 % interval
 * @param aucFirstHalf of ranking them by the first half of their work
 * @param aucFirstHalfInterval its 95 % interval
 * @param precision of the students with an alert, the part with a low grade; null when there was no alert
 * @param recall of the students with a low grade, the part with an alert
 * @param alertsPerHour alerts in an hour in which somebody of the class worked
 * @param firstAlert median seconds from a student's first submission to the first alert; null when there was none
 */
public record Card(
        String name,
        double auc,
        Interval aucInterval,
        double aucFirstHalf,
        Interval aucFirstHalfInterval,
        @Nullable Double precision,
        double recall,
        double alertsPerHour,
        @Nullable Double firstAlert) {}

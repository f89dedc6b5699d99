package dev.homeroom.contracts.alert;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change of an alert. {@code seq} numbers the changes of a classroom without a hole; {@code epoch} changes only when
 * the numbers start anew after a restore.
 *
 * @param classroom where
 * @param epoch of the sequence
 * @param seq of this change, 1 for the first
 * @param change {@code raised}, {@code merged}, {@code acknowledged}, {@code snoozed}, {@code resolved},
 *     {@code dismissed} or {@code reopened}
 * @param alert the alert after the change
 * @param by the subject of the teacher who made it; null when the system did
 * @param reason why, where the system closed or reopened it ({@code recovered}, {@code retracted}, {@code worse},
 *     {@code again}, {@code snooze-over}) or the teacher gave one
 * @param causedAt when the edge received the metric event behind the change (or when a teacher made it); for measuring
 *     latency
 */
public record AlertChange(
        String classroom,
        String epoch,
        long seq,
        String change,
        Alert alert,
        @Nullable String by,
        @Nullable String reason,
        Instant causedAt) {}

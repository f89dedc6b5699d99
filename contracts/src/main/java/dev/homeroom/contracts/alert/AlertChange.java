package dev.homeroom.contracts.alert;

import java.time.Instant;

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
 * @param causedAt when the edge received the metric event behind the change (or when a teacher made it); for measuring
 *     latency
 */
public record AlertChange(String classroom, String epoch, long seq, String change, Alert alert, Instant causedAt) {}

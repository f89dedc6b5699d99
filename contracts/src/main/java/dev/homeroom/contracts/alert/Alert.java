package dev.homeroom.contracts.alert;

import dev.homeroom.contracts.frustration.Evidence;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a teacher is told: one or more episodes of a student, merged.
 *
 * @param id the alert's id
 * @param seq the number of its latest change in the classroom
 * @param classroom where
 * @param student who (a pseudonym)
 * @param app in which app
 * @param detector the rule behind the latest episode
 * @param target the element or exercise of the latest episode, where its detector is about one
 * @param level of the student, all open episodes weighed: {@code low}, {@code medium}, {@code high} or {@code critical}
 * @param status {@code open}, {@code acknowledged}, {@code snoozed}, {@code resolved} or {@code dismissed}
 * @param raisedAt when it was raised
 * @param snoozedUntil until when it is quiet, while snoozed
 * @param evidence of the latest episode
 * @param count how many episodes were merged into it by then
 */
public record Alert(
        String id,
        long seq,
        String classroom,
        String student,
        String app,
        String detector,
        @Nullable String target,
        String level,
        String status,
        Instant raisedAt,
        @Nullable Instant snoozedUntil,
        Evidence evidence,
        int count) {}

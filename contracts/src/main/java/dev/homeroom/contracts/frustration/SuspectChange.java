package dev.homeroom.contracts.frustration;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Many students got into trouble with one element of an app at about the same time: for the app's owner. Consumers keep
 * the highest revision. It names no student.
 *
 * @param id stable: the same input always gives the same id
 * @param revision 1 for the first, then without a hole
 * @param status {@code open}, {@code closed} or {@code retracted}
 * @param app which app
 * @param detector {@code app-suspect}
 * @param target the element or exercise
 * @param level {@code medium}, {@code high} or {@code critical}: the highest reached
 * @param score 0 to 1
 * @param students how many different ones at that level; at the end, how many in all
 * @param classrooms theirs
 * @param startedAt event time of the first student's episode
 * @param endedAt event time of the last student's episode, once closed
 * @param evidence the rule, its values, a metric event of each of the first students
 */
public record SuspectChange(
        String id,
        long revision,
        String status,
        String app,
        String detector,
        String target,
        String level,
        double score,
        int students,
        int classrooms,
        Instant startedAt,
        @Nullable Instant endedAt,
        Evidence evidence) {}

package dev.homeroom.dashboard.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What may change a student's alerts. */
public sealed interface Command {

    /**
     * A revision of an episode arrived.
     *
     * @param revision the revision
     * @param freshId the id for an alert that it may raise
     */
    record Observe(Revision revision, String freshId) implements Command {}

    /**
     * Time has passed: a student's level may have risen because episodes last.
     *
     * @param now the present
     * @param freshId the id for an alert that it may raise
     */
    record Rise(Instant now, String freshId) implements Command {}

    /**
     * A teacher acts on an alert.
     *
     * @param alert its id
     * @param action what
     * @param by the teacher's subject
     * @param at when
     * @param until the end of a snooze, after {@code at}; null for the others
     * @param reason the teacher's words, if any
     */
    record Act(
            String alert,
            Action action,
            String by,
            Instant at,
            @Nullable Instant until,
            @Nullable String reason) implements Command {}

    /**
     * Time has passed: a snooze may be over.
     *
     * @param alert its id
     * @param now the present
     */
    record Wake(String alert, Instant now) implements Command {}

    /** What a teacher can do with an alert. */
    enum Action {
        ACKNOWLEDGE,
        SNOOZE,
        RESOLVE,
        DISMISS
    }
}

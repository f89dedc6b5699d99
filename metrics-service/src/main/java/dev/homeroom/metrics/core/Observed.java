package dev.homeroom.metrics.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the fold remembers of a metric event of a student in an app.
 *
 * @param id made by the app
 * @param kind what the student did
 * @param target the element or exercise, if told
 * @param skill the skill, if told
 * @param success how an attempt ended, if told
 * @param score the part of the full credit that an attempt earned, 0 to 1, if told
 * @param peers how the class got on with the target up to the day before, if known
 * @param details what else is told
 * @param at the event time it counts for, see {@link #countedAt}
 * @param receivedAt when the edge took it
 */
public record Observed(
        UUID id,
        EventKind kind,
        @Nullable String target,
        @Nullable String skill,
        @Nullable Boolean success,
        @Nullable Double score,
        @Nullable Peers peers,
        Details details,
        Instant at,
        Instant receivedAt) {

    /** An event without details; states that were stored before there were any have none. */
    public Observed {
        details = details == null || details.equals(Details.NONE) ? Details.NONE : details;
    }

    /** An event that tells no score. */
    public Observed(
            UUID id,
            EventKind kind,
            @Nullable String target,
            @Nullable String skill,
            @Nullable Boolean success,
            Details details,
            Instant at,
            Instant receivedAt) {
        this(id, kind, target, skill, success, null, null, details, at, receivedAt);
    }

    /** An event that tells nothing else. */
    public Observed(
            UUID id,
            EventKind kind,
            @Nullable String target,
            @Nullable String skill,
            @Nullable Boolean success,
            Instant at,
            Instant receivedAt) {
        this(id, kind, target, skill, success, Details.NONE, at, receivedAt);
    }

    /** The same event, with what is known of the class. */
    public Observed beside(Peers known) {
        return new Observed(id, kind, target, skill, success, score, known, details, at, receivedAt);
    }

    /** The order in which events are folded: event time, then id, whatever order they came in. */
    public static final Comparator<Observed> ORDER =
            Comparator.comparing(Observed::at).thenComparing(Observed::id);

    /** An attempt or a submission. */
    public boolean attempt() {
        return kind == EventKind.ATTEMPT || kind == EventKind.SUBMIT;
    }

    /** An attempt or a submission that succeeded. */
    public boolean succeeded() {
        return attempt() && Boolean.TRUE.equals(success);
    }

    /** An attempt or a submission of which the outcome is told. */
    public boolean judged() {
        return attempt() && success != null;
    }

    /** The part of the full credit that it earned, 0 to 1: 1 for a success; of a failure what was told, else 0. */
    public double credit() {
        if (succeeded()) {
            return 1;
        }
        return attempt() && score != null ? score : 0;
    }

    /** An error, or an attempt or a submission that failed. */
    public boolean failed() {
        return kind == EventKind.ERROR || (attempt() && Boolean.FALSE.equals(success));
    }

    /**
     * The event time an event counts for: as sent, unless the app's clock runs ahead of the edge by more than
     * {@code tolerance}; then the moment the edge took it.
     */
    public static Instant countedAt(Instant occurredAt, Instant receivedAt, Duration tolerance) {
        return occurredAt.isAfter(receivedAt.plus(tolerance)) ? receivedAt : occurredAt;
    }
}

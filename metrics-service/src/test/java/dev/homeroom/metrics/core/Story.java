package dev.homeroom.metrics.core;

import dev.homeroom.metrics.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tells the fold what a student did, and keeps what it answers. */
final class Story {
    static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    private final Fold fold;
    private final Seat seat = new Seat("c1", "s1", "editor");
    private final List<EpisodeRevision> told = new ArrayList<>();
    private @Nullable Lane lane;
    private int events;

    Story() {
        this(Samples.RULES);
    }

    Story(FoldRules rules) {
        fold = new Fold(rules);
    }

    /** An attempt on exercise {@code ex1}, skill {@code loops}, that many seconds after the start. */
    Story attempt(int second, boolean success) {
        return happens(EventKind.ATTEMPT, "ex1", "loops", success, second);
    }

    Story fails(int... seconds) {
        for (int second : seconds) {
            attempt(second, false);
        }
        return this;
    }

    Story succeeds(int second) {
        return attempt(second, true);
    }

    Story happens(
            EventKind kind, @Nullable String target, @Nullable String skill, @Nullable Boolean success, int second) {
        return hears(kind, target, skill, success, Details.NONE, second * 1_000L);
    }

    /** An event of one second that came in another. */
    Story late(EventKind kind, int second, int receivedAt) {
        Instant at = START.plusSeconds(second);
        return hears(new Observed(new UUID(1, events++), kind, null, null, null, at, START.plusSeconds(receivedAt)));
    }

    /** An event on that target which tells this in its context, that many milliseconds after the start. */
    Story tells(EventKind kind, @Nullable String target, Map<String, Object> context, long millis) {
        return hears(kind, target, null, null, DetailsReader.read(context, null, null), millis);
    }

    private Story hears(
            EventKind kind,
            @Nullable String target,
            @Nullable String skill,
            @Nullable Boolean success,
            Details details,
            long millis) {
        Instant at = START.plusMillis(millis);
        return hears(new Observed(new UUID(1, events++), kind, target, skill, success, details, at, at));
    }

    private Story hears(Observed event) {
        Fold.Outcome outcome = fold.observe(seat, lane, event);
        lane = outcome.lane();
        told.addAll(outcome.revisions());
        return this;
    }

    Story silentUntil(int second) {
        if (lane != null) {
            Fold.Outcome outcome = fold.tick(seat, lane, START.plusSeconds(second));
            lane = outcome.lane();
            told.addAll(outcome.revisions());
        }
        return this;
    }

    @Nullable
    Duration tickAfter() {
        Instant due = lane == null ? null : fold.tickAt(seat, lane);
        return due == null ? null : Duration.between(START, due);
    }

    /** All that was told: detector, status, level, revision. */
    List<String> told() {
        return told.stream()
                .map(revision -> "%s %s %s %d"
                        .formatted(
                                revision.episode().detector(),
                                revision.episode().status().word(),
                                revision.episode().level().word(),
                                revision.revision()))
                .toList();
    }

    List<String> told(String detector) {
        return told().stream().filter(line -> line.startsWith(detector)).toList();
    }

    Episode last() {
        return told.getLast().episode();
    }
}

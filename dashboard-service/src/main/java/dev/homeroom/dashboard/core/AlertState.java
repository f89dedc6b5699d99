package dev.homeroom.dashboard.core;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An alert: what a teacher is told about one or more episodes of a student.
 *
 * @param id of the alert
 * @param classroom where
 * @param student who
 * @param status where it is in its life
 * @param raisedAt when the edge received what raised it
 * @param snoozedUntil until when it is quiet; null unless snoozed
 * @param closedAt when it was resolved or dismissed; null while active
 * @param reason why it was closed by the system; null while active or when a teacher closed it
 * @param seenLevel the level at the teacher's latest action; {@link Level#NONE} when there was none
 * @param face what it says
 * @param episodes its episodes by id, at their highest revision; at most {@link #MAX_EPISODES}
 */
public record AlertState(
        String id,
        String classroom,
        String student,
        AlertStatus status,
        Instant raisedAt,
        @Nullable Instant snoozedUntil,
        @Nullable Instant closedAt,
        @Nullable String reason,
        Level seenLevel,
        Face face,
        Map<String, Episode> episodes) {

    /** How many episodes one alert takes in; more stay quiet, which bounds the row and the work of a change. */
    public static final int MAX_EPISODES = 64;

    public AlertState {
        episodes = Map.copyOf(episodes);
    }

    /** A new alert about its first episode, open. */
    static AlertState raised(String id, String classroom, Episode first, Instant at, @Nullable Standing standing) {
        var episodes = Map.of(first.id(), first);
        var face = Face.of(episodes.values());
        return new AlertState(
                id,
                classroom,
                first.student(),
                AlertStatus.OPEN,
                at,
                null,
                null,
                null,
                Level.NONE,
                standing == null ? face : face.at(standing.level()),
                episodes);
    }

    /** The same with the episode in it, and the face that follows; the status is left alone. */
    AlertState with(Episode episode, @Nullable Standing standing) {
        var next = noting(episode);
        var face = Face.of(next.episodes.values());
        if (standing == null) {
            return next.facing(face);
        }
        return next.facing(face.at(next.ongoing() ? standing.level() : this.face.level()));
    }

    /** The same, saying that level. */
    AlertState saying(Level level) {
        return facing(Face.of(episodes.values()).at(level));
    }

    private AlertState facing(Face now) {
        return new AlertState(
                id, classroom, student, status, raisedAt, snoozedUntil, closedAt, reason, seenLevel, now, episodes);
    }

    /** The same with the episode noted, but saying what it said. */
    AlertState noting(Episode episode) {
        var merged = new TreeMap<>(episodes);
        merged.put(episode.id(), episode);
        return new AlertState(
                id, classroom, student, status, raisedAt, snoozedUntil, closedAt, reason, seenLevel, face, merged);
    }

    /** The same, active with this status; a snooze lasts until the given instant. */
    AlertState active(AlertStatus to, @Nullable Instant until, Level seen) {
        return new AlertState(id, classroom, student, to, raisedAt, until, null, null, seen, face, episodes);
    }

    /** The same, closed. */
    AlertState closed(AlertStatus to, Instant at, @Nullable String why, Level seen) {
        return new AlertState(id, classroom, student, to, raisedAt, null, at, why, seen, face, episodes);
    }

    /** Whether a teacher closed it (and not the system). */
    boolean closedByTeacher() {
        return !status.active() && reason == null;
    }

    /** Whether any of its episodes goes on. */
    boolean ongoing() {
        return episodes.values().stream().anyMatch(Episode::open);
    }

    /** Whether nothing is left of it. */
    boolean allRetracted() {
        return episodes.values().stream().allMatch(e -> e.status() == EpisodeStatus.RETRACTED);
    }

    /** Whether an episode of the same detector is in it. */
    boolean knows(Episode episode) {
        return episodes.values().stream()
                .anyMatch(e ->
                        e.status() != EpisodeStatus.RETRACTED && e.detector().equals(episode.detector()));
    }

    /** Whether it takes in no more episodes. */
    boolean full() {
        return episodes.size() >= MAX_EPISODES;
    }
}

package dev.homeroom.dashboard.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a decision about a student of a classroom needs to know.
 *
 * @param classroom where
 * @param student who
 * @param alerts the active one, the one closed last, and those that hold an episode in question
 * @param quiet episodes that no alert holds, by id: below the threshold, or within a cool-down; those in question and those that
 *     go on
 * @param standing how the student stands, as told last; null when it was not told
 */
public record StudentAlerts(
        String classroom,
        String student,
        List<AlertState> alerts,
        Map<String, Episode> quiet,
        @Nullable Standing standing) {
    public StudentAlerts {
        alerts = List.copyOf(alerts);
        quiet = Map.copyOf(quiet);
    }

    /** Of a student nothing is known of. */
    public static StudentAlerts none(String classroom, String student) {
        return new StudentAlerts(classroom, student, List.of(), Map.of(), null);
    }

    /** The alert that asks for attention; a student has at most one. */
    public Optional<AlertState> active() {
        return alerts.stream().filter(a -> a.status().active()).findFirst();
    }

    /** The alert with this id. */
    public Optional<AlertState> alert(String id) {
        return alerts.stream().filter(a -> a.id().equals(id)).findFirst();
    }

    Optional<AlertState> holding(String episode) {
        return alerts.stream().filter(a -> a.episodes().containsKey(episode)).findFirst();
    }

    /** The alert that was closed last, unless it came to nothing. */
    Optional<AlertState> closedLast() {
        return alerts.stream()
                .filter(a -> a.closedAt() != null && !Reason.RETRACTED.equals(a.reason()))
                .max(Comparator.comparing(a -> Objects.requireNonNull(a.closedAt())));
    }

    /** The revision known of this episode; 0 when none is. */
    long revision(String episode) {
        var known = holding(episode)
                .map(a -> Objects.requireNonNull(a.episodes().get(episode)))
                .or(() -> Optional.ofNullable(quiet.get(episode)));
        return known.map(Episode::revision).orElse(0L);
    }

    StudentAlerts with(AlertState alert) {
        var next = new ArrayList<>(alerts);
        next.removeIf(a -> a.id().equals(alert.id()));
        next.add(alert);
        var stillQuiet = new HashMap<>(quiet);
        stillQuiet.keySet().removeAll(alert.episodes().keySet());
        return new StudentAlerts(classroom, student, next, stillQuiet, standing);
    }

    StudentAlerts quietly(Episode episode) {
        var next = new HashMap<>(quiet);
        next.put(episode.id(), episode);
        return new StudentAlerts(classroom, student, alerts, next, standing);
    }

    /** The same, standing so; null where it was not told. */
    public StudentAlerts standing(@Nullable Standing now) {
        return new StudentAlerts(classroom, student, alerts, quiet, now);
    }

    /** The student's level; none where it was not told. */
    Level level() {
        return standing == null ? Level.NONE : standing.level();
    }

    /** The student's level; where it was not told, that of the episode. */
    Level level(Episode episode) {
        return standing == null ? episode.level() : standing.level();
    }
}

package dev.homeroom.dashboard.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a decision about a student of a classroom needs to know.
 *
 * @param classroom where
 * @param student who
 * @param alerts the active one, the one closed last, and those that hold an episode in question
 * @param quiet episodes that no alert holds, by id: below the threshold, or within a cool-down
 */
public record StudentAlerts(String classroom, String student, List<AlertState> alerts, Map<String, Episode> quiet) {
    public StudentAlerts {
        alerts = List.copyOf(alerts);
        quiet = Map.copyOf(quiet);
    }

    /** Of a student nothing is known of. */
    public static StudentAlerts none(String classroom, String student) {
        return new StudentAlerts(classroom, student, List.of(), Map.of());
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
        return new StudentAlerts(classroom, student, next, stillQuiet);
    }

    StudentAlerts quietly(Episode episode) {
        var next = new HashMap<>(quiet);
        next.put(episode.id(), episode);
        return new StudentAlerts(classroom, student, alerts, next);
    }
}

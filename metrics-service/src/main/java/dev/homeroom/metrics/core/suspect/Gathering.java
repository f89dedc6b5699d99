package dev.homeroom.metrics.core.suspect;

import dev.homeroom.metrics.core.Evidence;
import dev.homeroom.metrics.core.Level;
import dev.homeroom.metrics.core.NamedId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A suspicion in the making: sightings are added in order. */
final class Gathering {
    private final SuspectRules rules;
    private final UUID id;
    private final Sighting first;
    private final Set<Sighting.Person> persons = new HashSet<>();
    private final Set<String> classrooms = new HashSet<>();
    private final Set<UUID> members = new HashSet<>();
    private final List<UUID> events = new ArrayList<>();
    private Sighting last;
    private Instant freshest = Instant.MIN;
    private Suspicion.Figures reached;

    /** Begins with the sightings that hold the rule. */
    Gathering(SuspectRules rules, ElementDay element, Collection<Sighting> window) {
        this.rules = rules;
        this.first = window.iterator().next();
        this.last = first;
        this.id = NamedId.of(
                SuspectRules.DETECTOR,
                element.app(),
                element.target(),
                first.episode().toString());
        window.forEach(this::count);
        this.reached = figures(true);
    }

    void add(Sighting next) {
        count(next);
        if (Level.of(score()).compareTo(reached.level()) > 0) {
            reached = figures(true);
        }
    }

    private void count(Sighting next) {
        last = next;
        freshest = next.causedAt().isAfter(freshest) ? next.causedAt() : freshest;
        classrooms.add(next.classroom());
        members.add(next.episode());
        UUID event = next.event();
        if (persons.add(next.person()) && event != null && events.size() < Evidence.MAX_EVENTS) {
            events.add(event);
        }
    }

    Instant lastAt() {
        return last.startedAt();
    }

    /** Open as long as another sighting may still come in time. */
    Suspicion at(Instant now) {
        return freshUntil().isBefore(now) ? over() : told(reached);
    }

    Suspicion over() {
        return told(figures(false));
    }

    private Suspicion told(Suspicion.Figures figures) {
        return new Suspicion(id, figures, lastAt(), freshUntil(), members);
    }

    private Instant freshUntil() {
        return freshest.plus(rules.window());
    }

    private double score() {
        return rules.score(persons.size());
    }

    private Suspicion.Figures figures(boolean open) {
        Map<String, Double> values = Map.of(
                "students", (double) persons.size(),
                "classrooms", (double) classrooms.size(),
                "episodes", (double) members.size(),
                "seconds",
                        (double) Duration.between(first.startedAt(), lastAt()).toSeconds());
        return new Suspicion.Figures(
                open,
                Level.of(score()),
                score(),
                persons.size(),
                classrooms.size(),
                first.startedAt(),
                open ? null : lastAt(),
                new Evidence(rules.words(), values, events));
    }
}

package dev.homeroom.dashboard.http;

import dev.homeroom.dashboard.AlertBook;
import dev.homeroom.dashboard.core.Episode;
import dev.homeroom.dashboard.core.Intervention;
import dev.homeroom.dashboard.core.Outcome;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Interventions as they are answered: with what came of them, reckoned from the episodes when asked. */
@ApplicationScoped
class InterventionViews {
    private final AlertBook alerts;
    private final Clock clock = Clock.systemUTC();

    /** Takes where the episodes are. */
    InterventionViews(AlertBook alerts) {
        this.alerts = alerts;
    }

    Uni<View> of(Intervention intervention) {
        return of(intervention.classroom(), List.of(intervention)).map(List::getFirst);
    }

    /** The views of interventions of one classroom, in their order. */
    Uni<List<View>> of(String classroom, List<Intervention> interventions) {
        if (interventions.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        var students = interventions.stream().map(Intervention::student).collect(Collectors.toSet());
        var since = interventions.stream()
                .map(Intervention::at)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return alerts.episodes(classroom, students, since).map(episodes -> {
            var now = clock.instant();
            return interventions.stream().map(i -> view(i, episodes, now)).toList();
        });
    }

    private static View view(Intervention i, List<Episode> episodes, Instant now) {
        var own = episodes.stream().filter(e -> e.student().equals(i.student())).toList();
        var outcome = Outcome.of(i.at(), own, now).map(Outcome::word).orElse(null);
        return new View(
                i.id(), i.classroom(), i.student(), i.alert(), i.kind().word(), i.note(), i.by(), i.at(), outcome);
    }

    /**
     * An intervention.
     *
     * @param id of it
     * @param classroom where
     * @param student whom
     * @param alert the occasion, if an alert was
     * @param kind of help
     * @param note the teacher's words
     * @param by the teacher's subject
     * @param at when
     * @param outcome {@code improved}, {@code unchanged}, or null until it is known
     */
    record View(
            String id,
            String classroom,
            String student,
            @Nullable String alert,
            String kind,
            @Nullable String note,
            String by,
            Instant at,
            @Nullable String outcome) {}
}

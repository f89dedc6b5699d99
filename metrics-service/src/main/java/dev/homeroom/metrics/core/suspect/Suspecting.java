package dev.homeroom.metrics.core.suspect;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the suspicions about one element in the sightings of a day. A function of the set of sightings, of who was at the
 * element, and of the time: their order, repetition, and which replica saw them do not matter. Pure.
 */
public final class Suspecting {
    private final SuspectRules rules;

    /** By these rules. */
    public Suspecting(SuspectRules rules) {
        this.rules = rules;
    }

    /**
     * The suspicions, in order.
     *
     * @param activity who was at the element; asked only where many are in trouble
     * @param now by the edge's clock; decides only whether the last one is over
     */
    public List<Suspicion> of(ElementDay element, Collection<Sighting> sightings, Activity activity, Instant now) {
        List<Suspicion> found = new ArrayList<>();
        // Those who may begin a suspicion, and those in trouble lately, whether or not one explains them.
        Deque<Sighting> window = new ArrayDeque<>();
        Deque<Sighting> lately = new ArrayDeque<>();
        @Nullable Gathering open = null;
        for (Sighting next : sightings.stream().sorted(Sighting.ORDER).toList()) {
            slide(lately, next);
            boolean rested = open != null && open.lastAt().plus(rules.window()).isBefore(next.startedAt());
            if (open != null && (rested || !rules.lasts(persons(lately), next.startedAt(), activity))) {
                found.add(open.over());
                open = null;
            }
            if (open != null) {
                open.add(next);
            } else {
                open = opened(element, window, next, activity);
            }
        }
        if (open != null) {
            found.add(open.at(now));
        }
        return found;
    }

    private @Nullable Gathering opened(ElementDay element, Deque<Sighting> window, Sighting next, Activity activity) {
        slide(window, next);
        if (!rules.begins(persons(window), next.startedAt(), activity)) {
            return null;
        }
        Gathering open = new Gathering(rules, element, window);
        window.clear();
        return open;
    }

    private void slide(Deque<Sighting> window, Sighting next) {
        while (!window.isEmpty()
                && window.getFirst().startedAt().plus(rules.window()).isBefore(next.startedAt())) {
            window.removeFirst();
        }
        window.addLast(next);
    }

    private static int persons(Deque<Sighting> window) {
        return (int) window.stream().map(Sighting::person).distinct().count();
    }
}

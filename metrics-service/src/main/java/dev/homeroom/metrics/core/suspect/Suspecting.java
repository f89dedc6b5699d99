package dev.homeroom.metrics.core.suspect;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the suspicions about one element in the sightings of a day. A function of the set of sightings and of the time:
 * their order, repetition, and which replica saw them do not matter. Pure.
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
     * @param now by the edge's clock; decides only whether the last one is over
     */
    public List<Suspicion> of(ElementDay element, Collection<Sighting> sightings, Instant now) {
        List<Suspicion> found = new ArrayList<>();
        Deque<Sighting> window = new ArrayDeque<>();
        @Nullable Gathering open = null;
        for (Sighting next : sightings.stream().sorted(Sighting.ORDER).toList()) {
            if (open != null && open.lastAt().plus(rules.window()).isBefore(next.startedAt())) {
                found.add(open.over());
                open = null;
            }
            if (open != null) {
                open.add(next);
            } else {
                open = opened(element, window, next);
            }
        }
        if (open != null) {
            found.add(open.at(now));
        }
        return found;
    }

    private @Nullable Gathering opened(ElementDay element, Deque<Sighting> window, Sighting next) {
        while (!window.isEmpty()
                && window.getFirst().startedAt().plus(rules.window()).isBefore(next.startedAt())) {
            window.removeFirst();
        }
        window.addLast(next);
        if (window.stream().map(Sighting::person).distinct().count() < rules.students()) {
            return null;
        }
        Gathering open = new Gathering(rules, element, window);
        window.clear();
        return open;
    }
}

package dev.homeroom.coordinator.sim;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Change;
import java.util.Map;
import java.util.TreeMap;

/** How often what happened, so that a simulation that no longer reaches the interesting places fails too. */
final class Reached {
    private final Map<String, Integer> counts = new TreeMap<>();

    void note(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    void note(Answer answer) {
        note(
                answer instanceof Answer.Rejected rejected
                        ? "rejected " + rejected.rejection().reason()
                        : answer.getClass().getSimpleName());
    }

    void note(Change change) {
        switch (change) {
            case Change.OfGrant grant when grant.reason() != null -> note("grant ended " + grant.reason());
            case Change.OfSession session when session.reason() != null -> note("session ended " + session.reason());
            default -> {}
        }
    }

    void add(Reached other) {
        other.counts.forEach((what, count) -> counts.merge(what, count, Integer::sum));
    }

    Map<String, Integer> counts() {
        return counts;
    }
}

package dev.homeroom.coordinator.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The part of {@link Invariants} about pushed tasks, affinities, rates and the trail. */
final class PlanInvariants {
    private PlanInvariants() {}

    static void check(State state, List<String> broken) {
        pushed(state, broken);
        affinities(state, broken);
        trail(state, broken);
        state.rates(bucket -> {
            if (bucket.level() < 0 || bucket.level() > bucket.burst() || bucket.atNanos() > state.head.nanos()) {
                broken.add("a bucket between empty and full: " + bucket);
            }
        });
    }

    private static void pushed(State state, List<String> broken) {
        Map<String, List<Answer.Assignment>> pushed = new HashMap<>();
        state.held.scan(null, (place, key) -> {
            Grant grant = Objects.requireNonNull(state.grants.get(key));
            Provision provision = grant.extras().provision();
            if (provision != null && provision.pushed()) {
                pushed.computeIfAbsent(place.session(), id -> new ArrayList<>())
                        .add(new Answer.Assignment(TaskNames.task(key.name()), grant.token()));
            }
            return true;
        });
        state.sessions(session -> {
            if (!session.assigned().equals(pushed.getOrDefault(session.id(), List.of()))) {
                broken.add("a session is told of exactly the tasks that were pushed to it: " + session.id());
            }
        });
    }

    private static void affinities(State state, List<String> broken) {
        state.affinities(preference -> {
            Affinity affinity = preference.affinity();
            String known = state.affinitiesOf.get(new Due.Preferred(affinity.session(), affinity.id()));
            if (!affinity.id().equals(known)) {
                broken.add("every affinity in its index: " + affinity.id());
            }
            if (affinity.windows().isEmpty() && !preference.open()) {
                broken.add("without windows it is open: " + affinity.id());
            }
        });
        if (state.affinities.size() != state.affinitiesOf.size()) {
            broken.add("the index of affinities holds nothing else");
        }
    }

    private static void trail(State state, List<String> broken) {
        int[] counts = new int[2];
        state.changes(change -> counts[change.at().compareTo(state.cursor()) > 0 ? 1 : 0]++);
        if (counts[1] != state.backlogSize() || counts[0] > Bounds.AUDIT) {
            broken.add("changes counted: " + counts[1] + " wait, " + counts[0] + " are published");
        }
    }
}

package dev.homeroom.coordinator.sim;

import dev.homeroom.coordinator.core.Change;
import dev.homeroom.coordinator.core.Kind;
import java.util.List;

/** Each claim of a task holds a permit of its own of every limit the task needs, whoever claims it (R-L5). */
final class TasksShareNoPermit extends Invariant {
    @Override
    void change(Step step, Change change, Chart chart) {
        if (change instanceof Change.OfGrant grant && grant.reason() == null) {
            for (String limit : permits(grant.kind(), grant.name())) {
                long used = chart.held().values().stream()
                        .filter(held -> permits(held.kind(), held.name()).contains(limit))
                        .count();
                int capacity = chart.capacity(Kind.LIMIT, limit);
                must(
                        used < capacity,
                        grant + " needs a permit of " + limit + ": " + used + " of " + capacity + " are used");
            }
        }
    }

    private static List<String> permits(Kind kind, String name) {
        return kind == Kind.LIMIT ? List.of(name) : Chart.limitsOf(kind, name);
    }
}

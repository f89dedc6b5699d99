package dev.homeroom.coordinator.sim;

import dev.homeroom.coordinator.core.Change;

/** Nobody is granted a resource that others hold up to its capacity (R-L1, R-L4, R-L5). */
final class AtMostCapacityHolders extends Invariant {
    @Override
    void change(Step step, Change change, Chart chart) {
        if (change instanceof Change.OfGrant grant && grant.reason() == null) {
            long others = chart.held().values().stream()
                    .filter(held -> held.kind() == grant.kind() && held.name().equals(grant.name()))
                    .count();
            int capacity = chart.capacity(grant.kind(), grant.name());
            must(others < capacity, grant + " was granted beside " + others + " of " + capacity);
        }
    }
}

package dev.homeroom.coordinator.sim;

import dev.homeroom.coordinator.core.Applied;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The same log gives the same answers, the same state and the same snapshot bytes, wherever and from where on it is applied. */
final class SameLogSameState extends Invariant {
    private final Map<Long, byte[]> snapshots = new HashMap<>();

    @Override
    void again(Replica replica, Step first, Applied applied) {
        must(
                first.applied().equals(applied),
                replica + " at " + first.entry().index() + ": " + applied + " is not the first " + first.applied());
    }

    @Override
    void snapshot(Replica replica, long index, byte[] bytes) {
        byte[] first = snapshots.putIfAbsent(index, bytes);
        must(first == null || Arrays.equals(first, bytes), replica + " has another state at " + index);
    }

    @Override
    void over(Simulation simulation, Chart chart) {
        for (Replica replica : simulation.replicas()) {
            snapshot(replica, replica.state().index(), replica.snapshot());
        }
    }
}

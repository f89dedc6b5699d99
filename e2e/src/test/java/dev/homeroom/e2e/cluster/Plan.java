package dev.homeroom.e2e.cluster;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What will happen, from a seed: every fault once in a random order, then every fault once again, and so on. */
final class Plan {
    private final Random random;
    private final List<Fault> faults;
    private final Deque<Step> steps = new ArrayDeque<>();

    /**
     * A fault.
     *
     * @param variant decides what the fault leaves open: which follower, which links, how far a clock steps
     */
    record Step(Fault fault, int variant) {
        /** One of {@code n} possibilities. */
        int of(int n) {
            return Math.floorMod(variant, n);
        }

        /** Another choice out of {@code n}, independent of {@link #of}. */
        int also(int n) {
            return Math.floorMod(variant / 1_000, n);
        }
    }

    Plan(long seed, List<Fault> faults) {
        this.random = new Random(seed);
        this.faults = List.copyOf(faults);
    }

    /** How many steps it takes until every fault has been. */
    int round() {
        return faults.size();
    }

    Step next() {
        if (steps.isEmpty()) {
            List<Fault> order = new ArrayList<>(faults);
            Collections.shuffle(order, random);
            order.forEach(fault -> steps.add(new Step(fault, random.nextInt(1_000_000))));
        }
        return steps.remove();
    }

    /** The faults named in a list with commas; all when it is null. */
    static List<Fault> faults(@Nullable String names) {
        return names == null
                ? List.of(Fault.values())
                : Stream.of(names.split(",", -1)).map(Fault::valueOf).toList();
    }
}

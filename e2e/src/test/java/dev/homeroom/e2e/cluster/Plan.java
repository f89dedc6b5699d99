package dev.homeroom.e2e.cluster;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What will happen, from a seed: every fault once in a random order, then every fault once again, and so on.
 *
 * @param <F> the faults there are
 */
public final class Plan<F extends Enum<F>> {
    private final Random random;
    private final List<F> faults;
    private final Deque<Step<F>> steps = new ArrayDeque<>();

    /**
     * A fault.
     *
     * @param <F> the faults there are
     * @param fault which
     * @param variant decides what the fault leaves open: which follower, which links, how far a clock steps
     */
    public record Step<F>(F fault, int variant) {
        /** One of {@code n} possibilities. */
        public int of(int n) {
            return Math.floorMod(variant, n);
        }

        /** Another choice out of {@code n}, independent of {@link #of}. */
        public int also(int n) {
            return Math.floorMod(variant / 1_000, n);
        }
    }

    /** The same seed gives the same plan. */
    public Plan(long seed, List<F> faults) {
        this.random = new Random(seed);
        this.faults = List.copyOf(faults);
    }

    /** How many steps it takes until every fault has been. */
    public int round() {
        return faults.size();
    }

    /** The next fault. */
    public Step<F> next() {
        if (steps.isEmpty()) {
            List<F> order = new ArrayList<>(faults);
            Collections.shuffle(order, random);
            order.forEach(fault -> steps.add(new Step<>(fault, random.nextInt(1_000_000))));
        }
        return steps.remove();
    }

    /** The faults named in a list with commas; all when it is null. */
    public static <F extends Enum<F>> List<F> faults(Class<F> type, @Nullable String names) {
        return names == null
                ? List.of(type.getEnumConstants())
                : Stream.of(names.split(",", -1))
                        .map(name -> Enum.valueOf(type, name))
                        .toList();
    }
}

package dev.homeroom.coordinator.sim;

import java.util.List;

/** A run in which an invariant broke: which, with what seed, and what happened last. */
final class Found extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final String invariant;

    Found(String invariant, long seed, List<String> last, RuntimeException cause) {
        super(
                "%s does not hold in seed %d: %s%nAgain with -Dhomeroom.sim.seed=%d. The last events:%n  %s"
                        .formatted(invariant, seed, cause.getMessage(), seed, String.join("\n  ", last)),
                cause);
        this.invariant = invariant;
    }

    String invariant() {
        return invariant;
    }
}

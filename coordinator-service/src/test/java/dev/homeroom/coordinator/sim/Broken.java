package dev.homeroom.coordinator.sim;

/** An invariant does not hold. */
final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String invariant;

    Broken(String invariant, String detail) {
        super(detail);
        this.invariant = invariant;
    }

    String invariant() {
        return invariant;
    }
}

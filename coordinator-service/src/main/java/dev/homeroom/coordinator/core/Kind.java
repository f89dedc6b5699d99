package dev.homeroom.coordinator.core;

/** The three faces of the one primitive. The order of the constants is the order of listings. */
public enum Kind {
    /** Capacity 1. */
    LOCK("lock"),
    /** A lock on a work item, capacity 1. */
    CLAIM("claim"),
    /** Capacity N, set by {@link Command.SetLimit}. */
    LIMIT("limit");

    private final String label;

    Kind(String label) {
        this.label = label;
    }

    /** The word in interfaces and events. */
    public String label() {
        return label;
    }
}

package dev.homeroom.coordinator.core;

/** What a session is doing, computed from its record and the replicated time whenever it is asked for. */
public enum Status {
    /** Registered, no sign of life yet (a heartbeat, or a grant it asked for), inside the launch grace. */
    STARTING("starting"),
    /** Heartbeats, and holds something or made progress lately. */
    ACTIVE("active"),
    /** Heartbeats, holds nothing and made no progress lately. */
    IDLE("idle"),
    /**
     * Its lease lives, but its heartbeat is older than the stale threshold, or it holds something without progress for
     * that long, or it has shown no sign of life in the launch grace.
     */
    STALE("stale"),
    /** Its lease expired; of one that never showed life: its lease and the launch grace, whichever is longer. */
    FAILED("failed"),
    /** It was unregistered. */
    RELEASED("released");

    private final String label;

    Status(String label) {
        this.label = label;
    }

    /** The word in interfaces and events. */
    public String label() {
        return label;
    }
}

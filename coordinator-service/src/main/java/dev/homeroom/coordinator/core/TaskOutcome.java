package dev.homeroom.coordinator.core;

/** What came of a task whose claim is released. */
public enum TaskOutcome {
    /** Nothing: it was given back. */
    NONE,
    /** It was completed or skipped. */
    DONE,
    /** The attempt failed. */
    FAILED,
    /** It was called off by somebody else, of which its holder has to be told. */
    CANCELLED
}

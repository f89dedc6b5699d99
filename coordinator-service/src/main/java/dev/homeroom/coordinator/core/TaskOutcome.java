package dev.homeroom.coordinator.core;

/** What came of a task whose claim is released. */
public enum TaskOutcome {
    /** Nothing: it was given back. */
    NONE,
    /** It was completed or skipped. */
    DONE,
    /** The attempt failed. */
    FAILED
}

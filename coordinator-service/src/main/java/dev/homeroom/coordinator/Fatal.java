package dev.homeroom.coordinator;

/** Ends the process: going on would let replicas differ, or lose what was promised. */
@FunctionalInterface
public interface Fatal {
    /** Says why and ends the process; it may return before that happens. */
    void stop(String reason, Throwable cause);
}

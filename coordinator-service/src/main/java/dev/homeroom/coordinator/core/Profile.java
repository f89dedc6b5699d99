package dev.homeroom.coordinator.core;

import java.util.List;

/**
 * What a session says about itself; texts may be empty, never absent.
 *
 * @param name what people call it
 * @param host the machine it runs on
 * @param tty its terminal
 * @param pid its process, 0 when unknown
 * @param codebase where it works
 * @param lesson the lesson it works on
 * @param capabilities what it can do, at most {@link Bounds#CAPABILITIES} and {@link Bounds#CAPABILITIES_BYTES}
 * @param maxConcurrentTasks how many task claims it may hold, 1 to {@link Bounds#CONCURRENT_TASKS}
 */
public record Profile(
        String name,
        String host,
        String tty,
        long pid,
        Codebase codebase,
        String lesson,
        List<String> capabilities,
        int maxConcurrentTasks) {
    /** Nothing said, one task at a time. */
    public static final Profile NONE = new Profile("", "", "", 0, Codebase.NONE, "", List.of(), 1);

    /** Copies the list. */
    public Profile {
        capabilities = List.copyOf(capabilities);
    }
}

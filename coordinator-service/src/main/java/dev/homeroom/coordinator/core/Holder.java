package dev.homeroom.coordinator.core;

/**
 * Who holds a grant, as others may see it, at the time of the answer. Wall times are milliseconds since 1970, for
 * display.
 */
public record Holder(
        String session,
        long incarnation,
        String holder,
        String host,
        String tty,
        Codebase codebase,
        long heartbeatAgeMillis,
        long sinceWall,
        long deadlineWall) {}

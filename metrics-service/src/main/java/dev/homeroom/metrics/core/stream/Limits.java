package dev.homeroom.metrics.core.stream;

/**
 * The bounds of the hub.
 *
 * @param recentPerClassroom changes of a classroom kept for resuming without asking anybody
 * @param recentInAll the same over all classrooms
 * @param queueFrames frames on their way to one connection
 * @param fullMillis how long that queue may stay full before the connection is closed as too slow
 * @param receiptMillis how long an alert frame may stay unreceived before the connection is closed
 * @param silenceMillis how long a connection may give no sign of life
 * @param classrooms subscriptions of one connection
 * @param strikes bad frames of one connection before it is closed
 * @param lookups questions to other services under way at once
 */
public record Limits(
        int recentPerClassroom,
        int recentInAll,
        int queueFrames,
        long fullMillis,
        long receiptMillis,
        long silenceMillis,
        int classrooms,
        int strikes,
        int lookups) {}

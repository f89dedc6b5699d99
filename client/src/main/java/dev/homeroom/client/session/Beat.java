package dev.homeroom.client.session;

import java.time.Instant;
import java.util.List;

/**
 * The answer to a heartbeat.
 *
 * @param leaseDeadline for people
 * @param leaseDeadlineNanos when the lease ends, on the monotonic clock, counted from when the heartbeat was sent
 * @param assigned tasks that were given to the session
 * @param revoked grants that were taken from it; repeated until it has reported them as seen
 */
public record Beat(Instant leaseDeadline, long leaseDeadlineNanos, List<Assigned> assigned, List<Revoked> revoked) {
    /** A task given to the session, with the fencing token of its claim. */
    public record Assigned(String task, long token) {}

    /**
     * A grant that was taken away.
     *
     * @param resource {@code kind:name}
     * @param reason such as expired, stolen, forced
     */
    public record Revoked(String resource, long token, String reason) {}

    /** Copies the lists. */
    public Beat {
        assigned = List.copyOf(assigned);
        revoked = List.copyOf(revoked);
    }
}

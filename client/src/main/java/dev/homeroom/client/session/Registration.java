package dev.homeroom.client.session;

/**
 * A session that is registered.
 *
 * @param leaseDeadlineNanos when its lease ends unless it is renewed, on the monotonic clock, counted from when the
 *     registration was sent
 */
public record Registration(Session session, long leaseDeadlineNanos) {}

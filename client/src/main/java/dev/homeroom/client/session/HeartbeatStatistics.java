package dev.homeroom.client.session;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the heartbeats of a session went.
 *
 * @param sent all of them
 * @param answered with success
 * @param failed refused or unanswered
 * @param consecutiveFailures since the last success
 * @param lastSuccess when the last success was known; null before the first
 * @param lastRoundTrip of the last success; zero before the first
 * @param leaseDeadlineNanos when the lease ends, on the monotonic clock, counted from when the request was sent
 */
public record HeartbeatStatistics(
        long sent,
        long answered,
        long failed,
        int consecutiveFailures,
        @Nullable Instant lastSuccess,
        Duration lastRoundTrip,
        long leaseDeadlineNanos) {
    static HeartbeatStatistics none(long leaseDeadlineNanos) {
        return new HeartbeatStatistics(0, 0, 0, 0, null, Duration.ZERO, leaseDeadlineNanos);
    }

    HeartbeatStatistics oneSent() {
        return new HeartbeatStatistics(
                sent + 1, answered, failed, consecutiveFailures, lastSuccess, lastRoundTrip, leaseDeadlineNanos);
    }

    HeartbeatStatistics oneAnswered(Instant at, Duration roundTrip, long deadlineNanos) {
        return new HeartbeatStatistics(sent, answered + 1, failed, 0, at, roundTrip, deadlineNanos);
    }

    HeartbeatStatistics oneFailed() {
        return new HeartbeatStatistics(
                sent, answered, failed + 1, consecutiveFailures + 1, lastSuccess, lastRoundTrip, leaseDeadlineNanos);
    }
}

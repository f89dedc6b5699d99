package dev.homeroom.coordinator.core;

/**
 * A session's signs of life, in milliseconds of the replicated clock.
 *
 * @param deadline when its lease may be ended
 * @param checkAt when the lease is looked at next: at or before the deadline (a heartbeat moves only the deadline)
 * @param heartbeatAt its last heartbeat, or its first sign of life, or its registration
 * @param activityAt its last progress
 * @param beaten whether it ever showed life: sent a heartbeat, or asked for a grant and got it
 */
public record Life(long deadline, long checkAt, long heartbeatAt, long activityAt, boolean beaten) {
    Life beat(long now, long lease, long activity) {
        long newDeadline = now + lease;
        // To have started is progress.
        long progress = beaten ? Math.max(activityAt, activity) : now;
        return new Life(newDeadline, Math.min(checkAt, newDeadline), now, progress, true);
    }

    /** It got what it asked for: progress, and when it is its first sign of life, its ordinary lease begins. */
    Life started(long now, long lease) {
        if (beaten) {
            return active(now);
        }
        long newDeadline = now + lease;
        return new Life(newDeadline, Math.min(checkAt, newDeadline), now, now, true);
    }

    Life active(long now) {
        return new Life(deadline, checkAt, heartbeatAt, now, beaten);
    }

    Life checkedAtDeadline() {
        return new Life(deadline, deadline, heartbeatAt, activityAt, beaten);
    }
}

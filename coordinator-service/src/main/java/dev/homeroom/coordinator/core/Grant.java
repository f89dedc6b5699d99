package dev.homeroom.coordinator.core;

import java.util.List;

/**
 * A holder's right to a resource until its deadline. Times are of the replicated clock, in milliseconds.
 *
 * @param incarnation the owner's
 * @param token the fencing token
 * @param sinceWall when it was granted, for display
 * @param deadline when it may be ended
 * @param checkAt when it is looked at next: at or before the deadline (a renewal moves only the deadline)
 * @param limits keys of the limits it holds a permit of
 */
public record Grant(
        GrantKey key,
        long incarnation,
        long token,
        long since,
        long sinceWall,
        long ttl,
        long deadline,
        long checkAt,
        List<String> limits) {
    Grant until(long newDeadline, long newTtl) {
        long check = Math.min(checkAt, newDeadline);
        return new Grant(key, incarnation, token, since, sinceWall, newTtl, newDeadline, check, limits);
    }

    Grant checkedAtDeadline() {
        return new Grant(key, incarnation, token, since, sinceWall, ttl, deadline, deadline, limits);
    }
}

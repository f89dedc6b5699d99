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
 * @param extras what few grants have
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
        List<String> limits,
        Extras extras) {
    /** Without extras. */
    public Grant(
            GrantKey key,
            long incarnation,
            long token,
            long since,
            long sinceWall,
            long ttl,
            long deadline,
            long checkAt,
            List<String> limits) {
        this(key, incarnation, token, since, sinceWall, ttl, deadline, checkAt, limits, Extras.NONE);
    }

    /** Renewed; whoever renews it knows of it. */
    Grant until(long newDeadline, long newTtl) {
        long check = Math.min(checkAt, newDeadline);
        return new Grant(
                key, incarnation, token, since, sinceWall, newTtl, newDeadline, check, limits, extras.with(null));
    }

    /** Looked at again when there is something to do. */
    Grant checkedAtDeadline() {
        Provision provision = extras.provision();
        long check = provision == null ? deadline : Math.min(deadline, provision.until());
        return new Grant(key, incarnation, token, since, sinceWall, ttl, deadline, check, limits, extras);
    }

    Grant with(Extras newExtras) {
        return new Grant(key, incarnation, token, since, sinceWall, ttl, deadline, checkAt, limits, newExtras);
    }

    /** Its session has shown that it knows of it. */
    Grant confirmed() {
        return with(extras.with(null)).checkedAtDeadline();
    }

    /** Given to a waiter; hangs on the provision. */
    Grant hangingOn(Provision provision) {
        return with(extras.with(provision)).checkedAtDeadline();
    }
}

package dev.homeroom.coordinator.core;

import java.util.List;

/**
 * A request that waits in the queue of each of its resources. Times are milliseconds of the replicated clock.
 *
 * @param ticket names it; rises, so it is its place in every queue too
 * @param seq of its request, or 0
 * @param resources what it wants, all of it at once
 * @param all whether it is answered as {@link Command.AcquireAll}
 * @param holder label the client chose; empty: of each the name of the resource
 * @param ttl of the grants; 0: the default
 * @param deadline when the wait runs out
 * @param attachment the submission that may cancel it
 * @param extras of the grants to be
 * @param by who asked, for the audit trail; may be empty
 * @param lastTry whether its running out is the answer of its seq for good, see {@link Terms}
 */
public record Waiter(
        long ticket,
        String session,
        long incarnation,
        long seq,
        List<ResourceKey> resources,
        boolean all,
        String holder,
        long ttl,
        long deadline,
        String attachment,
        Extras extras,
        String by,
        boolean lastTry) {
    /** Copies the list. */
    public Waiter {
        resources = List.copyOf(resources);
    }

    Waiter attachedTo(String newAttachment) {
        return with(newAttachment, lastTry);
    }

    /** Submitted again by a client that goes on trying afterwards, or does not. */
    Waiter trying(boolean newLastTry) {
        return with(attachment, newLastTry);
    }

    private Waiter with(String newAttachment, boolean newLastTry) {
        return new Waiter(
                ticket,
                session,
                incarnation,
                seq,
                resources,
                all,
                holder,
                ttl,
                deadline,
                newAttachment,
                extras,
                by,
                newLastTry);
    }

    /** The place of its grant of a resource. */
    GrantKey key(ResourceKey resource) {
        String label = holder.isEmpty() ? resource.name() : holder;
        return new GrantKey(resource.kind(), resource.name(), session, label);
    }

    /** Whether both stand for the same wish of the same owner. */
    boolean sameAs(Waiter other) {
        return session.equals(other.session)
                && incarnation == other.incarnation
                && all == other.all
                && holder.equals(other.holder)
                && resources.equals(other.resources);
    }
}

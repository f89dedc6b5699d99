package dev.homeroom.coordinator.core;

import java.util.TreeSet;

/**
 * What the events of a command have stirred that {@link Promotion} must look at before the next command; empty between
 * commands, so it is no part of the replicated state. Sorted: every replica looks in the same order.
 */
final class Agenda {
    /** Sessions that said they got answers. */
    final TreeSet<String> heard = new TreeSet<>();
    /** Grants that began while somebody waits for them. */
    final TreeSet<GrantKey> begun = new TreeSet<>();
    /** Resources that may have something to give. */
    final TreeSet<ResourceKey> freed = new TreeSet<>();
    /**
     * Owners that others may wait for in a new way, or that wait for others in a new way: those that overtook a queue, and
     * those that lost what they counted as got. Whoever is first in a queue and gets its turn is waited for as before.
     * Every entry costs a search along the queues its owner stands in, so none is made without need.
     */
    final TreeSet<WaitNode> stirred = new TreeSet<>();

    boolean isEmpty() {
        return heard.isEmpty() && begun.isEmpty() && freed.isEmpty() && stirred.isEmpty();
    }
}

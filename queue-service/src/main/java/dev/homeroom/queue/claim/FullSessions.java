package dev.homeroom.queue.claim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Waiting claims of sessions that hold all the tasks they may: no task is of use to them until one of theirs ends. What
 * ends through this replica is told; ends elsewhere are found by another look, once a {@link #LOOK}. So they bar nobody and
 * cost little. Safe for concurrent use.
 */
final class FullSessions {
    /** After this a full session is looked at again unasked. */
    static final Duration LOOK = Duration.ofSeconds(1);

    private final Map<String, List<Parked>> bySession = new HashMap<>();
    private int size;

    private record Parked(Waiter waiter, long since) {}

    synchronized void add(Waiter waiter, long now) {
        size++;
        bySession
                .computeIfAbsent(waiter.claim().owner().session(), _ -> new ArrayList<>())
                .add(new Parked(waiter, now));
    }

    synchronized int size() {
        return size;
    }

    /** Takes out those of sessions that hold less than before. */
    synchronized List<Waiter> freed(Collection<String> sessions) {
        var freed = new ArrayList<Waiter>();
        for (var session : sessions) {
            var parked = bySession.remove(session);
            if (parked != null) {
                parked.forEach(one -> freed.add(one.waiter()));
            }
        }
        size -= freed.size();
        return freed;
    }

    /** Takes out those that have waited long enough for another look. */
    synchronized List<Waiter> due(long now) {
        return take(one -> now - one.since() >= LOOK.toNanos());
    }

    /** Takes out those whose time is over. */
    synchronized List<Waiter> expired(long now) {
        return take(one -> one.waiter().over(now));
    }

    private List<Waiter> take(Predicate<Parked> which) {
        var taken = new ArrayList<Waiter>();
        bySession.values().forEach(parked -> parked.removeIf(one -> which.test(one) && taken.add(one.waiter())));
        if (!taken.isEmpty()) {
            bySession.values().removeIf(List::isEmpty);
            size -= taken.size();
        }
        return taken;
    }
}

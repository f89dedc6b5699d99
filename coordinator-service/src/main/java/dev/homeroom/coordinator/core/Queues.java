package dev.homeroom.coordinator.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Who waits for what, first come first. Changes nothing. */
final class Queues {
    private final State state;

    Queues(State state) {
        this.state = state;
    }

    /** Whether anybody waits for it; nearly free while nobody waits for anything. */
    boolean awaited(Kind kind, String name) {
        return !state.queueSizes.isEmpty() && state.queueSizes.get(new ResourceKey(kind, name)) != null;
    }

    int size(ResourceKey resource) {
        Integer size = state.queueSizes.get(resource);
        return size == null ? 0 : size;
    }

    @Nullable
    Waiter first(ResourceKey resource) {
        Long ticket = state.queues.ceiling(new QueuePlace(resource.kind(), resource.name(), 0));
        Waiter waiter = ticket == null ? null : state.waiters.get(ticket);
        return waiter != null && waiter.resources().contains(resource) ? waiter : null;
    }

    /** Visits the tickets of a queue, first come first, from a ticket on, until the visitor answers false. */
    void scan(ResourceKey resource, long from, Predicate<Waiter> visitor) {
        state.queues.scan(new QueuePlace(resource.kind(), resource.name(), from), (place, ticket) -> {
            if (!place.of(resource)) {
                return false;
            }
            Waiter waiter = state.waiters.get(ticket);
            return waiter == null || visitor.test(waiter);
        });
    }

    /** A session's waiters, by ticket. */
    List<Waiter> of(String session) {
        if (state.waits.isEmpty()) {
            return List.of();
        }
        List<Waiter> found = new ArrayList<>();
        state.waits.scan(new Due.Held(session, 0), (place, ticket) -> {
            Waiter waiter = place.session().equals(session) ? state.waiters.get(ticket) : null;
            if (waiter != null) {
                found.add(waiter);
            }
            return waiter != null;
        });
        return found;
    }

    /** The waiter of a numbered request. */
    @Nullable
    Waiter find(String session, long seq) {
        for (Waiter waiter : of(session)) {
            if (waiter.seq() == seq) {
                return waiter;
            }
        }
        return null;
    }

    /** The place of a waiter in the worst of its queues, from 1; far back it is the length of the queue. */
    int position(Waiter waiter) {
        return new Positions().of(waiter);
    }

    /**
     * Counts places; of many waiters in the order of their tickets without counting twice. Whoever is more than so many
     * places behind a place that is known is told the length of the queue: when a leader is lost, thousands ask again, and
     * counting all places for each would stop everybody else for seconds.
     */
    final class Positions {
        static final int COUNTED = 100;

        private final Map<ResourceKey, Counted> counted = new HashMap<>();

        private record Counted(long ticket, int position) {}

        int of(Waiter waiter) {
            int worst = 1;
            for (ResourceKey resource : waiter.resources()) {
                worst = Math.max(worst, of(resource, waiter.ticket()));
            }
            return worst;
        }

        private int of(ResourceKey resource, long ticket) {
            Counted known = counted.get(resource);
            long from = known != null && known.ticket() <= ticket ? known.ticket() : 0;
            int start = from == 0 || known == null ? 1 : known.position();
            int[] ahead = new int[1];
            scan(resource, from, waiter -> {
                if (waiter.ticket() < ticket) {
                    ahead[0]++;
                }
                return waiter.ticket() < ticket && ahead[0] <= COUNTED;
            });
            if (ahead[0] > COUNTED) {
                return size(resource);
            }
            counted.put(resource, new Counted(ticket, start + ahead[0]));
            return start + ahead[0];
        }
    }
}

package dev.homeroom.coordinator.core;

import java.util.List;

/**
 * Builds a state from a snapshot: sessions, then limits, then grants, then waiters; the rest whenever. What derives from
 * them is computed anew.
 */
public final class Restoration {
    private final State state = new State();

    /** Begins with the numbers. */
    public Restoration(Head head) {
        state.head = head;
    }

    /** A session; its counts of grants and tasks come from its grants. */
    public void add(Session session) {
        Session empty = session.holding(session.life(), -session.grants(), -session.tasks());
        state.sessions.put(session.id(), empty);
        if (session.live()) {
            state.leases.put(new Due.OfSession(session.life().checkAt(), session.id()), session.id());
        } else {
            state.ended.put(new Due.OfSession(session.endedAt(), session.id()), session.id());
        }
    }

    /** A limit that was set; how much of it is used comes from the grants. */
    public void add(Limit limit) {
        state.limits.put(limit.key(), new Limit(limit.key(), limit.permits(), 0));
    }

    /**
     * A grant.
     *
     * @throws IllegalArgumentException when its session is missing
     */
    public void add(Grant grant) {
        Session session = state.sessions.get(grant.key().session());
        if (session == null) {
            throw new IllegalArgumentException("a grant without its session: " + grant.key());
        }
        GrantTable.enter(state, sharing(grant, session));
    }

    /** With the texts that are there already, as before the snapshot: each read from bytes is a copy of its own. */
    private Grant sharing(Grant grant, Session session) {
        GrantKey key = grant.key();
        String holder = key.holder().equals(key.name()) ? key.name() : key.holder();
        return new Grant(
                new GrantKey(key.kind(), key.name(), session.id(), holder),
                grant.incarnation(),
                grant.token(),
                grant.since(),
                grant.sinceWall(),
                grant.ttl(),
                grant.deadline(),
                grant.checkAt(),
                grant.limits().isEmpty()
                        ? List.of()
                        : grant.limits().stream().map(this::shared).toList(),
                grant.extras());
    }

    private String shared(String limit) {
        Limit present = state.limits.get(limit);
        return present == null ? limit : present.key();
    }

    /**
     * A waiter.
     *
     * @throws IllegalArgumentException when its session is missing
     */
    public void add(Waiter waiter) {
        if (state.sessions.get(waiter.session()) == null) {
            throw new IllegalArgumentException("a waiter without its session: " + waiter.ticket());
        }
        WaiterTable.enter(state, waiter);
    }

    /** A lock-delay. */
    public void add(Delay delay) {
        DelayTable.enter(state, delay);
    }

    /** An affinity. */
    public void add(Preference preference) {
        AffinityTable.put(state, preference);
    }

    /** A token bucket. */
    public void add(Bucket bucket) {
        state.rates.put(bucket.key(), bucket);
    }

    /** An executed request outside sessions. */
    public void add(Settled request) {
        state.requests.put(request.requestId(), request);
        state.requestOrder.put(request.number(), request.requestId());
    }

    /** A change, published or not. */
    public void add(Published change) {
        state.changes.put(change.at(), change.change());
        state.unpublished += change.at().compareTo(state.cursor()) > 0 ? 1 : 0;
    }

    /** The state; the restoration is over. */
    public State state() {
        return state;
    }
}

package dev.homeroom.coordinator.core;

import org.jspecify.annotations.Nullable;

/** Keeps grants, their permits and the holdings of their sessions in step. */
final class GrantTable {
    private final State state;
    private final Chronicle chronicle;
    private final WaiterTable waiters;

    GrantTable(State state, Chronicle chronicle, WaiterTable waiters) {
        this.state = state;
        this.chronicle = chronicle;
        this.waiters = waiters;
    }

    void began(Event.GrantBegan began) {
        Grant grant = began.grant();
        state.head = state.head.withToken(grant.token());
        index(state, grant);
        hold(state, grant, 1, true);
        if (!state.delays.isEmpty()) {
            DelayTable.end(
                    state, new ResourceKey(grant.key().kind(), grant.key().name()));
        }
        if (waiters.awaited(grant.key())) {
            state.agenda.begun.add(grant.key());
            if (grant.extras().provision() == null) {
                state.agenda.stirred.add(WaitNode.of(grant.key()));
            }
        }
        chronicle.add(change(grant, null, began.by(), began.why()));
    }

    /** Puts a grant into all tables; from a snapshot too. */
    static void enter(State state, Grant grant) {
        index(state, grant);
        hold(state, grant, 1, false);
    }

    private static void index(State state, Grant grant) {
        GrantKey key = grant.key();
        state.grants.put(key, grant);
        state.held.put(new Due.Held(key.session(), grant.token()), key);
        state.deadlines.put(new Due.OfGrant(grant.checkAt(), grant.token()), key);
        if (grant.extras().provision() != null) {
            state.provisional.put(provided(grant, grant.extras().provision()), key);
        }
        use(state, grant, 1);
    }

    private static Due.Provided provided(Grant grant, Provision provision) {
        return new Due.Provided(grant.key().session(), provision.seq(), grant.token());
    }

    void moved(Grant grant, Grant next) {
        state.grants.put(next.key(), next);
        Provision before = grant.extras().provision();
        if (before != null && next.extras().provision() == null) {
            state.provisional.remove(provided(grant, before));
            if (before.pushed()) {
                heard(grant);
            }
        }
        if (grant.checkAt() != next.checkAt()) {
            state.deadlines.remove(new Due.OfGrant(grant.checkAt(), grant.token()));
            state.deadlines.put(new Due.OfGrant(next.checkAt(), next.token()), next.key());
        }
    }

    /** The session knows of the task that was pushed to it: that may be its first sign of life. */
    private void heard(Grant grant) {
        Session session = state.sessions.get(grant.key().session());
        if (session != null) {
            Life life = session.life();
            Session next = session.told(grant.token());
            put(state, life.beaten() ? next : next.with(life.started(state.now(), session.lease())));
        }
    }

    void ended(Event.GrantEnded ended) {
        Grant grant = ended.grant();
        EndReason reason = ended.reason();
        GrantKey key = grant.key();
        state.grants.remove(key);
        state.held.remove(new Due.Held(key.session(), grant.token()));
        state.deadlines.remove(new Due.OfGrant(grant.checkAt(), grant.token()));
        if (grant.extras().provision() != null) {
            state.provisional.remove(provided(grant, grant.extras().provision()));
        }
        use(state, grant, -1);
        boolean givenBack = reason == EndReason.RELEASED;
        hold(state, grant, -1, givenBack);
        if (!givenBack) {
            tell(grant, reason);
        }
        chronicle.add(change(grant, reason, ended.by(), ended.why()));
        leave(grant, reason);
    }

    /** The resource is free, or will be after a delay. */
    private void leave(Grant grant, EndReason reason) {
        GrantKey key = grant.key();
        long delay = grant.extras().lockDelayMillis();
        if (delay > 0 && Delay.follows(reason)) {
            DelayTable.enter(state, new Delay(new ResourceKey(key.kind(), key.name()), state.now() + delay));
        }
        if (!state.waiters.isEmpty()) {
            waiters.freed(new ResourceKey(key.kind(), key.name()));
            grant.limits().forEach(limit -> waiters.freed(new ResourceKey(Kind.LIMIT, limit)));
            if (waiters.wanted(key)) {
                state.agenda.stirred.add(WaitNode.of(key));
            }
        }
    }

    void limitSet(String key, int permits) {
        Limit limit = state.limits.get(key);
        state.limits.put(key, new Limit(key, permits, limit == null ? 0 : limit.used()));
    }

    /** A living session hears of what it lost without having given it back. */
    private void tell(Grant grant, EndReason reason) {
        Session session = state.sessions.get(grant.key().session());
        if (session == null || !session.live()) {
            return;
        }
        GrantKey key = grant.key();
        Answer.Revocation revocation = new Answer.Revocation(key.kind(), key.name(), grant.token(), reason);
        state.sessions.put(session.id(), session.told(new Notice(state.now(), revocation)));
    }

    private static void use(State state, Grant grant, int delta) {
        if (grant.key().kind() == Kind.LIMIT) {
            use(state, grant.key().name(), delta);
        }
        for (String limit : grant.limits()) {
            use(state, limit, delta);
        }
    }

    private static void use(State state, String key, int delta) {
        Limit limit = state.limits.get(key);
        Limit next = limit == null
                ? new Limit(key, Limit.UNSET, delta)
                : new Limit(key, limit.permits(), limit.used() + delta);
        if (next.used() == 0 && next.permits() == Limit.UNSET) {
            state.limits.remove(key);
        } else {
            state.limits.put(key, next);
        }
    }

    /** Counts what the session holds; receiving and giving back are progress. */
    private static void hold(State state, Grant grant, int count, boolean progress) {
        Session session = state.sessions.get(grant.key().session());
        if (session != null) {
            Life life = progress ? progress(state, grant, session) : session.life();
            int tasks = TaskNames.isTask(grant.key()) ? count : 0;
            Session next = session.holding(life, count, tasks);
            put(state, count < 0 && tasks != 0 ? next.told(grant.token()) : next);
        }
    }

    private static Life progress(State state, Grant grant, Session session) {
        Provision provision = grant.extras().provision();
        return provision != null && provision.pushed()
                ? session.life().active(state.now())
                : session.life().started(state.now(), session.lease());
    }

    private static void put(State state, Session session) {
        Session before = state.sessions.put(session.id(), session);
        if (before != null
                && session.live()
                && before.life().checkAt() != session.life().checkAt()) {
            state.leases.remove(new Due.OfSession(before.life().checkAt(), session.id()));
            state.leases.put(new Due.OfSession(session.life().checkAt(), session.id()), session.id());
        }
    }

    private Change change(Grant grant, @Nullable EndReason reason, String by, String why) {
        GrantKey key = grant.key();
        long wall = state.head.wall();
        return new Change.OfGrant(
                key.kind(),
                key.name(),
                key.session(),
                grant.incarnation(),
                key.holder(),
                grant.token(),
                reason,
                wall + grant.deadline() - state.now(),
                wall,
                by,
                why);
    }
}

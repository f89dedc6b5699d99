package dev.homeroom.coordinator.core;

import org.jspecify.annotations.Nullable;

/** Keeps grants, their permits and the holdings of their sessions in step. */
final class GrantTable {
    private final State state;
    private final Chronicle chronicle;

    GrantTable(State state, Chronicle chronicle) {
        this.state = state;
        this.chronicle = chronicle;
    }

    void began(Grant grant) {
        state.head = state.head.withToken(grant.token());
        index(state, grant);
        hold(state, grant, 1, true);
        chronicle.add(change(grant, null));
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
        use(state, grant, 1);
    }

    void moved(Grant grant, Grant next) {
        state.grants.put(next.key(), next);
        if (grant.checkAt() != next.checkAt()) {
            state.deadlines.remove(new Due.OfGrant(grant.checkAt(), grant.token()));
            state.deadlines.put(new Due.OfGrant(next.checkAt(), next.token()), next.key());
        }
    }

    void ended(Grant grant, EndReason reason) {
        GrantKey key = grant.key();
        state.grants.remove(key);
        state.held.remove(new Due.Held(key.session(), grant.token()));
        state.deadlines.remove(new Due.OfGrant(grant.checkAt(), grant.token()));
        use(state, grant, -1);
        boolean givenBack = reason == EndReason.RELEASED;
        hold(state, grant, -1, givenBack);
        if (!givenBack) {
            tell(grant, reason);
        }
        chronicle.add(change(grant, reason));
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
            Life life = progress ? session.life().active(state.now()) : session.life();
            int tasks = TaskNames.isTask(grant.key()) ? count : 0;
            state.sessions.put(session.id(), session.holding(life, count, tasks));
        }
    }

    private Change change(Grant grant, @Nullable EndReason reason) {
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
                wall);
    }
}

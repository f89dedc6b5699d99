package dev.homeroom.coordinator.core;

import dev.homeroom.coordinator.core.Rejection.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Acquiring, renewing and releasing of resources, and the capacity of limits. */
final class GrantDecisions {
    private final State state;
    private final Views views;
    private final Vacancy vacancy;
    private final Conflicts conflicts;

    GrantDecisions(State state, Views views, Vacancy vacancy, Conflicts conflicts) {
        this.state = state;
        this.views = views;
        this.vacancy = vacancy;
        this.conflicts = conflicts;
    }

    Decision acquire(Session session, Command.Acquire acquire) {
        Rejection unfit = check(acquire.kind(), acquire.name(), acquire.ttlMillis());
        String wrong = unfit != null
                ? null
                : Checks.first(
                        Checks.text("holder", acquire.holder()), TermChecks.wrong(acquire.terms(), acquire.kind()));
        if (unfit != null || wrong != null) {
            return Decision.reject(unfit != null ? unfit : Rejection.of(Reason.INVALID, String.valueOf(wrong)));
        }
        String holder = acquire.holder().isEmpty() ? acquire.name() : acquire.holder();
        GrantKey key = new GrantKey(acquire.kind(), acquire.name(), session.id(), holder);
        Grant own = state.grants.get(key);
        if (own != null) {
            Answer answer = new Answer.Granted(views.grant(own, session), available(key.kind(), key.name()));
            return own.extras().provision() == null
                    ? Decision.of(answer)
                    : Decision.of(new Event.GrantConfirmed(own), answer);
        }
        Rejection taken = vacancy.refusal(key.kind(), key.name());
        if (taken != null && taken.reason() == Reason.HELD) {
            return conflicts.settle(session, acquire, key, taken);
        }
        Rejection refusal = taken != null ? taken : Room.check(state, session);
        return refusal != null ? Decision.reject(refusal) : grant(session, acquire, key);
    }

    private Decision grant(Session session, Command.Acquire acquire, GrantKey key) {
        Terms terms = acquire.terms();
        Grant grant =
                make(state, session, key, state.head.token() + 1, acquire.ttlMillis(), List.of(), Extras.of(terms));
        int left = key.kind() == Kind.LIMIT ? available(key.kind(), key.name()) - 1 : 0;
        return Decision.of(
                new Event.GrantBegan(grant, terms.by(), terms.why()),
                new Answer.Granted(views.grant(grant, session), left));
    }

    /** A new grant as of now; {@code ttl} 0 is the default. */
    static Grant make(State state, Session session, GrantKey key, long token, long ttl, List<String> limits) {
        return make(state, session, key, token, ttl, limits, Extras.NONE);
    }

    /** A new grant as of now; {@code ttl} 0 is the default. */
    static Grant make(
            State state, Session session, GrantKey key, long token, long ttl, List<String> limits, Extras extras) {
        long now = state.now();
        long millis = ttl == 0 ? state.settings().ttlMillis() : ttl;
        return new Grant(
                key,
                session.incarnation(),
                token,
                now,
                state.head.wall(),
                millis,
                now + millis,
                now + millis,
                limits,
                extras);
    }

    Decision renew(Session session, Command.Renew renew) {
        Rejection unfit = check(renew.kind(), renew.name(), renew.ttlMillis());
        if (unfit == null) {
            unfit = Fitness.mayReceive(state, session);
        }
        if (unfit != null) {
            return Decision.reject(unfit);
        }
        Grant grant = find(session, renew.kind(), renew.name(), renew.token());
        if (grant == null) {
            return Decision.reject(stale(renew.kind(), renew.name(), renew.token()));
        }
        long ttl = renew.ttlMillis() == 0 ? grant.ttl() : renew.ttlMillis();
        long deadline = state.now() + ttl;
        return Decision.of(
                new Event.GrantRenewed(grant, deadline, ttl),
                new Answer.Granted(
                        views.grant(grant.until(deadline, ttl), session), available(renew.kind(), renew.name())));
    }

    Decision release(Session session, Command.Release release) {
        Rejection unfit = check(release.kind(), release.name(), 0);
        if (unfit != null) {
            return Decision.reject(unfit);
        }
        Grant grant = find(session, release.kind(), release.name(), release.token());
        if (grant == null) {
            return Decision.reject(stale(release.kind(), release.name(), release.token()));
        }
        int freed = release.kind() == Kind.LIMIT ? 1 : 0;
        return Decision.of(
                new Event.GrantEnded(grant, EndReason.RELEASED),
                new Answer.Released(Math.max(0, room(release.kind(), release.name()) + freed)));
    }

    Decision setLimit(Command.SetLimit set) {
        String wrong = Checks.first(
                Checks.name("key", set.key()), Checks.range("permits", set.permits(), 0, Integer.MAX_VALUE));
        if (wrong != null) {
            return Decision.reject(Reason.INVALID, wrong);
        }
        if (!Room.forLimit(state, set.key())) {
            return Decision.reject(Reason.TOO_MANY, "at most " + Bounds.LIMITS + " limits may exist");
        }
        Answer.OneLimit present = LimitReads.limit(state, set.key(), state.rates.get(set.key()));
        return Decision.of(new Event.LimitSet(set.key(), set.permits()), present.with(set.permits()));
    }

    private @Nullable Grant find(Session session, Kind kind, String name, long token) {
        return state.grantsOf(kind, name, session.id()).stream()
                .filter(grant -> grant.token() == token)
                .findFirst()
                .orElse(null);
    }

    private Rejection stale(Kind kind, String name, long token) {
        Grant present = kind == Kind.LIMIT ? null : state.firstOf(kind, name);
        String detail = "token " + token + " is not the current one of " + kind.label() + " " + name;
        return new Rejection(
                Reason.STALE_TOKEN,
                detail,
                present == null ? null : views.grant(present).holder());
    }

    static @Nullable Rejection check(Kind kind, String name, long ttlMillis) {
        String wrong =
                Checks.first(Checks.name("name", name), Checks.duration("ttl", ttlMillis, Bounds.LONGEST_TTL_MILLIS));
        if (wrong != null) {
            return Rejection.of(Reason.INVALID, wrong);
        }
        return TaskNames.isTask(kind, name)
                ? Rejection.of(Reason.MANAGED_BY_QUEUE, "claims of tasks are changed through the queue")
                : null;
    }

    private int available(Kind kind, String name) {
        return Math.max(0, room(kind, name));
    }

    /** Permits left, negative when the capacity was lowered below what is used; 0 for locks and claims. */
    private int room(Kind kind, String name) {
        return kind == Kind.LIMIT ? Room.ofLimit(state, name) : 0;
    }
}

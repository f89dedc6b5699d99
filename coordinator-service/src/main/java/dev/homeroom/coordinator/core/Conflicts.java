package dev.homeroom.coordinator.core;

import dev.homeroom.coordinator.core.Rejection.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an acquire does about a resource that is not to be had (requirement R-L2), and the taking away by operators.
 * Stealing and forcing do not queue: they overtake whoever waits.
 */
final class Conflicts {
    private final State state;
    private final Views views;
    private final WaitDecisions waits;

    Conflicts(State state, Views views, WaitDecisions waits) {
        this.state = state;
        this.views = views;
        this.waits = waits;
    }

    /** {@code taken}: why it cannot be had. */
    Decision settle(Session session, Command.Acquire acquire, GrantKey key, Rejection taken) {
        Terms terms = acquire.terms();
        return switch (terms.strategy()) {
            case FAIL_FAST -> Decision.reject(taken);
            case RETRY -> terms.waitMillis() == 0 ? Decision.reject(taken) : waits.acquire(session, acquire);
            case STEAL_STALE -> {
                Grant other = stale(key);
                yield other == null
                        ? Decision.reject(notStale(taken))
                        : take(session, acquire, key, other, EndReason.STOLEN);
            }
            case FORCE_ACQUIRE -> take(session, acquire, key, state.firstOf(key.kind(), key.name()), EndReason.FORCED);
        };
    }

    private @Nullable Grant stale(GrantKey key) {
        Grant other = state.firstOf(key.kind(), key.name());
        Session holder = other == null ? null : state.sessions.get(other.key().session());
        return holder != null && views.status(holder) == Status.STALE ? other : null;
    }

    private static Rejection notStale(Rejection taken) {
        String detail = taken.holder() == null ? taken.detail() : taken.detail() + ", which is not stale";
        return new Rejection(
                taken.reason(), detail, taken.holder(), taken.queuePosition(), taken.retryAfterMillis(), taken.cycle());
    }

    private Decision take(
            Session session, Command.Acquire acquire, GrantKey key, @Nullable Grant other, EndReason reason) {
        Rejection refusal = Room.check(state, session);
        if (refusal != null) {
            return Decision.reject(refusal);
        }
        boolean stolen = reason == EndReason.STOLEN;
        String by = stolen ? session.id() : acquire.terms().by();
        String why = stolen ? "the holder was stale" : acquire.terms().why();
        List<Event> events = new ArrayList<>(2);
        if (other != null) {
            events.add(new Event.GrantEnded(other, reason, by, why));
        }
        Grant grant = GrantDecisions.make(
                state,
                session,
                key,
                state.head.token() + 1,
                acquire.ttlMillis(),
                List.of(),
                Extras.of(acquire.terms()));
        events.add(new Event.GrantBegan(grant, by, why));
        return new Decision(events, new Answer.Granted(views.grant(grant, session), 0));
    }

    /** At most {@link Bounds#PAGE} grants at once, in the order of listings. */
    Decision force(Command.ForceRelease force) {
        String wrong = Checks.first(
                Checks.name("name", force.name()), Checks.name("by", force.by()), Checks.name("why", force.why()));
        if (wrong != null) {
            return Decision.reject(Reason.INVALID, wrong);
        }
        List<Event> events = new ArrayList<>();
        List<GrantView> taken = new ArrayList<>();
        state.grants.scan(new GrantKey(force.kind(), force.name(), "", ""), (key, grant) -> {
            if (!key.of(force.kind(), force.name())) {
                return false;
            }
            if (force.token() == 0 || force.token() == grant.token()) {
                taken.add(views.grant(grant));
                events.add(new Event.GrantEnded(grant, EndReason.FORCED, force.by(), force.why()));
            }
            return taken.size() < Bounds.PAGE;
        });
        return taken.isEmpty()
                ? Decision.reject(
                        Reason.NOT_FOUND,
                        force.token() == 0
                                ? "nobody holds " + force.kind().label() + " " + force.name()
                                : "no grant of " + force.kind().label() + " " + force.name() + " has token "
                                        + force.token())
                : new Decision(events, new Answer.Taken(taken));
    }
}

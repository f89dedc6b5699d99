package dev.homeroom.coordinator.core;

import dev.homeroom.coordinator.core.Rejection.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several resources at once, all or none (requirement R-L7). What the owner holds already counts as got. */
final class ManyDecisions {
    private final State state;
    private final Views views;
    private final Vacancy vacancy;
    private final WaitDecisions waits;

    ManyDecisions(State state, Views views, Vacancy vacancy, WaitDecisions waits) {
        this.state = state;
        this.views = views;
        this.vacancy = vacancy;
        this.waits = waits;
    }

    Decision acquire(Session session, Command.AcquireAll acquire) {
        Rejection unfit = unfit(acquire);
        if (unfit != null) {
            return Decision.reject(unfit);
        }
        Rejection taken = taken(session, acquire);
        if (taken == null) {
            return grant(session, acquire);
        }
        boolean waits = taken.reason() == Reason.HELD && acquire.terms().waitMillis() > 0;
        return waits ? this.waits.acquireAll(session, acquire) : Decision.reject(taken);
    }

    private static @Nullable Rejection unfit(Command.AcquireAll acquire) {
        Terms terms = acquire.terms();
        List<ResourceKey> resources = acquire.resources();
        String wrong = Checks.first(
                Checks.range("resources", resources.size(), 1, Bounds.RESOURCES_AT_ONCE),
                new HashSet<>(resources).size() == resources.size() ? null : "resources must be distinct",
                Checks.text("holder", acquire.holder()),
                terms.strategy() == Strategy.FAIL_FAST || terms.strategy() == Strategy.RETRY
                        ? null
                        : "several resources at once are neither stolen nor forced");
        if (wrong != null) {
            return Rejection.of(Reason.INVALID, wrong);
        }
        for (ResourceKey resource : resources) {
            Rejection unfit = GrantDecisions.check(resource.kind(), resource.name(), acquire.ttlMillis());
            String bad = unfit == null ? TermChecks.wrong(terms, resource.kind()) : null;
            if (unfit != null || bad != null) {
                return unfit != null ? unfit : Rejection.of(Reason.INVALID, String.valueOf(bad));
            }
        }
        return null;
    }

    private static GrantKey key(Session session, Command.AcquireAll acquire, ResourceKey resource) {
        String holder = acquire.holder().isEmpty() ? resource.name() : acquire.holder();
        return new GrantKey(resource.kind(), resource.name(), session.id(), holder);
    }

    /** The first one that cannot be had; the place is that in the longest queue. */
    private @Nullable Rejection taken(Session session, Command.AcquireAll acquire) {
        Rejection first = null;
        int worst = 0;
        for (ResourceKey resource : acquire.resources()) {
            Rejection refusal = state.grants.get(key(session, acquire, resource)) != null
                    ? null
                    : vacancy.refusal(resource.kind(), resource.name());
            if (refusal != null) {
                first = first == null ? refusal : first;
                worst = Math.max(worst, refusal.queuePosition());
            }
        }
        return first == null || first.queuePosition() == worst
                ? first
                : new Rejection(
                        first.reason(), first.detail(), first.holder(), worst, first.retryAfterMillis(), List.of());
    }

    private Decision grant(Session session, Command.AcquireAll acquire) {
        List<Event> events = new ArrayList<>();
        List<GrantView> views = new ArrayList<>();
        int more = 0;
        for (ResourceKey resource : acquire.resources()) {
            GrantKey key = key(session, acquire, resource);
            Grant own = state.grants.get(key);
            if (own != null && own.extras().provision() != null) {
                events.add(new Event.GrantConfirmed(own));
            }
            Grant grant = own;
            if (grant == null) {
                more++;
                grant = GrantDecisions.make(
                        state,
                        session,
                        key,
                        state.head.token() + more,
                        acquire.ttlMillis(),
                        List.of(),
                        Extras.of(acquire.terms()));
                events.add(new Event.GrantBegan(
                        grant, acquire.terms().by(), acquire.terms().why()));
            }
            views.add(this.views.grant(grant, session));
        }
        Rejection refusal = more == 0 ? null : Room.check(state, session, more);
        return refusal != null ? Decision.reject(refusal) : new Decision(events, new Answer.GrantedAll(views));
    }
}

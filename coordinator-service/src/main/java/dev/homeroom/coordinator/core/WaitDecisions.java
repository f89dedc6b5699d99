package dev.homeroom.coordinator.core;

import dev.homeroom.coordinator.core.Rejection.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The beginning of waits, their submission again, their cancellation. Their other ends: {@link Promotion}, {@link Upkeep}. */
final class WaitDecisions {
    private final State state;
    private final Views views;
    private final Queues queues;
    private final Vacancy vacancy;
    private final WaitsFor waitsFor;

    WaitDecisions(State state, Views views, Queues queues, Vacancy vacancy) {
        this.state = state;
        this.views = views;
        this.queues = queues;
        this.vacancy = vacancy;
        this.waitsFor = new WaitsFor(state, queues);
    }

    Decision acquire(Session session, Command.Acquire acquire) {
        List<ResourceKey> resources = List.of(new ResourceKey(acquire.kind(), acquire.name()));
        String holder = acquire.holder().equals(acquire.name()) ? "" : acquire.holder();
        return begin(session, waiter(acquire, resources, false, holder, acquire.ttlMillis(), acquire.terms()));
    }

    Decision acquireAll(Session session, Command.AcquireAll acquire) {
        return begin(
                session,
                waiter(acquire, acquire.resources(), true, acquire.holder(), acquire.ttlMillis(), acquire.terms()));
    }

    private Waiter waiter(
            Command.OfSession command, List<ResourceKey> resources, boolean all, String holder, long ttl, Terms terms) {
        return new Waiter(
                state.head.ticket() + 1,
                command.session(),
                command.incarnation(),
                command.request().seq(),
                resources,
                all,
                holder,
                ttl,
                state.now() + terms.waitMillis(),
                terms.attachment(),
                Extras.of(terms),
                terms.by(),
                terms.lastTry());
    }

    private Decision begin(Session session, Waiter newcomer) {
        List<Waiter> own = queues.of(session.id());
        for (Waiter present : newcomer.seq() == 0 ? own : List.<Waiter>of()) {
            if (present.seq() == 0 && present.sameAs(newcomer)) {
                return attach(present, newcomer.attachment(), newcomer.lastTry());
            }
        }
        Rejection refusal = full(newcomer, own.size());
        if (refusal == null) {
            refusal = Room.check(state, session);
        }
        if (refusal == null) {
            refusal = closesCircle(newcomer);
        }
        return refusal != null
                ? Decision.reject(refusal)
                : Decision.of(new Event.WaitBegan(newcomer), waiting(newcomer, newPosition(newcomer)));
    }

    private @Nullable Rejection full(Waiter newcomer, int own) {
        if (state.waiterCount() >= Bounds.WAITERS) {
            return Rejection.of(Reason.TOO_MANY, "at most " + Bounds.WAITERS + " requests may wait at once");
        }
        if (own >= Bounds.WAITERS_PER_SESSION) {
            return Rejection.of(
                    Reason.TOO_MANY, "at most " + Bounds.WAITERS_PER_SESSION + " requests of a session may wait");
        }
        for (ResourceKey resource : newcomer.resources()) {
            if (queues.size(resource) >= Bounds.WAITERS_PER_RESOURCE) {
                return Rejection.of(
                        Reason.TOO_MANY,
                        "at most " + Bounds.WAITERS_PER_RESOURCE + " requests may wait for "
                                + resource.kind().label() + " " + resource.name());
            }
        }
        return null;
    }

    private @Nullable Rejection closesCircle(Waiter newcomer) {
        WaitsFor.Circle circle = waitsFor.closedBy(newcomer);
        return circle == null ? null : deadlock(circle);
    }

    static Rejection deadlock(WaitsFor.Circle circle) {
        String detail = circle.sentences().isEmpty()
                ? "too many requests wait for each other to rule out a deadlock; release what you hold and ask again"
                : "deadlock: " + String.join("; ", circle.sentences()) + "; release what you hold and ask again";
        return new Rejection(Reason.DEADLOCK, detail, null, 0, 0, circle.sentences());
    }

    private int newPosition(Waiter newcomer) {
        int worst = 1;
        for (ResourceKey resource : newcomer.resources()) {
            worst = Math.max(worst, queues.size(resource) + 1);
        }
        return worst;
    }

    private Answer waiting(Waiter waiter, int position) {
        return new Answer.Waiting(waiter.ticket(), position, holder(waiter), waiter.deadline() - state.now());
    }

    private @Nullable Holder holder(Waiter waiter) {
        for (ResourceKey resource : waiter.resources()) {
            Grant grant = resource.kind() == Kind.LIMIT ? null : state.firstOf(resource.kind(), resource.name());
            if (grant != null && !grant.key().equals(waiter.key(resource))) {
                return views.grant(grant).holder();
            }
        }
        return null;
    }

    /** The request that waits under this seq, submitted again; null when none waits. */
    @Nullable
    Decision again(Command.OfSession command) {
        Waiter waiter = queues.find(command.session(), command.request().seq());
        if (waiter == null) {
            return null;
        }
        return switch (command) {
            case Command.Acquire acquire -> attach(waiter, acquire.terms());
            case Command.AcquireAll acquire -> attach(waiter, acquire.terms());
            default ->
                Decision.reject(Reason.INVALID, "request " + waiter.seq() + " waits for a resource; this is another");
        };
    }

    private Decision attach(Waiter waiter, Terms terms) {
        return attach(waiter, terms.attachment(), terms.lastTry());
    }

    private Decision attach(Waiter waiter, String attachment, boolean lastTry) {
        return Decision.of(
                new Event.WaitAttached(waiter.trying(lastTry), attachment), waiting(waiter, queues.position(waiter)));
    }

    /** An answer is given again: what hangs on the session's having it does so from now. */
    List<Event> offered(Session session, Command.OfSession command, Answer kept) {
        return switch (kept) {
            case Answer.Granted(GrantView grant, int _)
            when command instanceof Command.Acquire acquire ->
                offered(session, command, List.of(grant), acquire.terms());
            case Answer.GrantedAll(List<GrantView> grants)
            when command instanceof Command.AcquireAll acquire -> offered(session, command, grants, acquire.terms());
            default -> List.of();
        };
    }

    private List<Event> offered(Session session, Command.OfSession command, List<GrantView> grants, Terms terms) {
        List<Event> events = new ArrayList<>();
        for (GrantView view : grants) {
            Grant grant = state.grants.get(new GrantKey(
                    view.kind(), view.name(), command.session(), view.holder().holder()));
            Provision provision = grant == null ? null : grant.extras().provision();
            if (grant != null
                    && provision != null
                    && grant.token() == view.token()
                    && provision.seq() == command.request().seq()) {
                long until = Provision.until(state.now(), session);
                Provision later = new Provision(provision.ticket(), terms.attachment(), provision.seq(), until);
                events.add(new Event.GrantOffered(grant, later));
            }
        }
        return events;
    }

    Decision cancel(Command.CancelWait cancel) {
        Waiter waiter = state.waiters.get(cancel.ticket());
        if (waiter != null) {
            boolean present = waiter.session().equals(cancel.session())
                    && waiter.incarnation() == cancel.incarnation()
                    && waiter.attachment().equals(cancel.attachment());
            Answer cancelled = new Answer.Rejected(Rejection.of(Reason.HELD, "the wait was cancelled"));
            return present
                    ? Decision.of(new Event.WaitEnded(waiter, cancelled, false), new Answer.WaitCancelled(true))
                    : Decision.of(new Answer.WaitCancelled(false));
        }
        List<Event> events = new ArrayList<>();
        state.provisional.scan(new Due.Provided(cancel.session(), 0, 0), (place, key) -> {
            Grant grant = place.session().equals(cancel.session()) ? state.grants.get(key) : null;
            Provision provision = grant == null ? null : grant.extras().provision();
            if (grant == null || provision == null) {
                return false;
            }
            if (provision.ticket() == cancel.ticket()
                    && provision.attachment().equals(cancel.attachment())
                    && grant.incarnation() == cancel.incarnation()) {
                events.addAll(unconfirmed(grant, provision));
            }
            return true;
        });
        return new Decision(events, new Answer.WaitCancelled(!events.isEmpty()));
    }

    /** Its session never showed that it knows of it: asked again, the request is executed anew. */
    static List<Event> unconfirmed(Grant grant, Provision provision) {
        Event ended = new Event.GrantEnded(grant, EndReason.UNCONFIRMED);
        return provision.seq() <= 0
                ? List.of(ended)
                : List.of(ended, new Event.AnswerForgotten(grant.key().session(), provision.seq()));
    }

    /** The answer of a wait whose time is over: what is in its way, and how far it came. */
    Answer ranOut(Waiter waiter, Queues.Positions positions) {
        int position = positions.of(waiter);
        for (ResourceKey resource : waiter.resources()) {
            boolean own = state.grants.get(waiter.key(resource)) != null;
            if (!own && (position > 1 || !vacancy.free(resource.kind(), resource.name()))) {
                return new Answer.Rejected(vacancy.held(resource, position));
            }
        }
        return new Answer.Rejected(vacancy.held(waiter.resources().getFirst(), position));
    }
}

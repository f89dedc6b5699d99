package dev.homeroom.coordinator.core;

import dev.homeroom.coordinator.core.Rejection.Reason;
import java.util.ArrayList;
import java.util.List;

/**
 * What follows from a command's events for those who wait: looks at what is on the {@link Agenda}, one thing at a time,
 * until nothing moves. First come first served: nobody but the first of a queue is given anything.
 */
class Promotion {
    private final State state;
    private final Views views;
    private final Queues queues;
    private final Vacancy vacancy;
    private final WaitsFor waitsFor;

    Promotion(State state) {
        this.state = state;
        this.views = new Views(state);
        this.queues = new Queues(state);
        this.vacancy = new Vacancy(state, views, queues);
        this.waitsFor = new WaitsFor(state, queues);
    }

    /** The next events, to be applied before it is asked again; none: all is settled, and the agenda is empty. */
    List<Event> next() {
        Agenda agenda = state.agenda;
        while (!agenda.isEmpty()) {
            List<Event> events = look(agenda);
            if (!events.isEmpty()) {
                return events;
            }
        }
        return List.of();
    }

    private List<Event> look(Agenda agenda) {
        String heard = agenda.heard.pollFirst();
        if (heard != null) {
            return heard(heard);
        }
        GrantKey begun = agenda.begun.pollFirst();
        if (begun != null) {
            return companions(begun);
        }
        ResourceKey freed = agenda.freed.pollFirst();
        if (freed != null) {
            Waiter first = queues.first(freed);
            return first == null ? List.of() : consider(first);
        }
        WaitNode stirred = agenda.stirred.pollFirst();
        return stirred == null ? List.of() : circle(stirred);
    }

    /** A session knows all answers below its unanswered ones, and asks no more for what waited there. */
    private List<Event> heard(String id) {
        Session session = state.sessions.get(id);
        if (session == null || !session.live()) {
            return List.of();
        }
        long unanswered = session.ledger().unanswered();
        List<Event> events = new ArrayList<>();
        state.provisional.scan(new Due.Provided(id, 1, 0), (place, key) -> {
            Grant grant = place.session().equals(id) && place.seq() < unanswered ? state.grants.get(key) : null;
            if (grant != null) {
                events.add(new Event.GrantConfirmed(grant));
            }
            return grant != null;
        });
        for (Waiter waiter : queues.of(id)) {
            if (waiter.seq() != 0 && waiter.seq() < unanswered) {
                events.add(ended(
                        waiter,
                        Rejection.of(
                                Reason.REQUEST_TOO_OLD,
                                "request " + waiter.seq() + " counts as answered: the session went on without it")));
            }
        }
        return events;
    }

    /** Other requests of the owner that waited for what it has just got. */
    private List<Event> companions(GrantKey begun) {
        ResourceKey resource = new ResourceKey(begun.kind(), begun.name());
        for (Waiter waiter : queues.of(begun.session())) {
            if (waiter.resources().contains(resource) && waiter.key(resource).equals(begun)) {
                List<Event> events = consider(waiter);
                if (!events.isEmpty()) {
                    state.agenda.begun.add(begun);
                    return events;
                }
            }
        }
        return List.of();
    }

    /** Ends the wait when all it waits for is there, or when it may not be given anything; nothing when it must go on. */
    private List<Event> consider(Waiter waiter) {
        Session session = state.sessions.get(waiter.session());
        if (session == null || !session.live()) {
            throw new IllegalStateException("a waiter without a live session: " + waiter.ticket());
        }
        Rejection unfit = Fitness.mayReceive(state, session);
        if (unfit != null) {
            return List.of(ended(waiter, unfit));
        }
        int more = 0;
        for (ResourceKey resource : waiter.resources()) {
            if (state.grants.get(waiter.key(resource)) == null) {
                more++;
                if (!isFirst(waiter, resource) || !vacancy.free(resource.kind(), resource.name())) {
                    return List.of();
                }
            }
        }
        Rejection refusal = more == 0 ? null : Room.check(state, session, more);
        if (refusal == null && waiter.all() && waiter.seq() > 0) {
            refusal = session.ledger().full(waiter.resources().size());
        }
        return refusal != null ? List.of(ended(waiter, refusal)) : grant(waiter, session);
    }

    private boolean isFirst(Waiter waiter, ResourceKey resource) {
        Waiter first = queues.first(resource);
        return first != null && first.ticket() == waiter.ticket();
    }

    private List<Event> grant(Waiter waiter, Session session) {
        List<Event> events = new ArrayList<>();
        List<GrantView> granted = new ArrayList<>();
        int taken = 0;
        for (ResourceKey resource : waiter.resources()) {
            Grant grant = state.grants.get(waiter.key(resource));
            if (grant == null) {
                taken++;
                grant = provisional(waiter, session, resource, state.head.token() + taken);
                events.add(new Event.GrantBegan(grant, waiter.by(), ""));
            } else if (grant.extras().provision() != null) {
                // Given for another request of the owner, whose end must not take it away from this one.
                events.add(new Event.GrantConfirmed(grant));
            }
            granted.add(views.grant(grant, session));
        }
        Answer answer = waiter.all() ? new Answer.GrantedAll(granted) : single(granted.getFirst(), taken);
        events.add(new Event.WaitEnded(waiter, answer, true));
        return events;
    }

    private Answer single(GrantView grant, int taken) {
        int left = grant.kind() == Kind.LIMIT ? Room.ofLimit(state, grant.name()) - taken : 0;
        return new Answer.Granted(grant, Math.max(0, left));
    }

    private Grant provisional(Waiter waiter, Session session, ResourceKey resource, long token) {
        long until = Provision.until(state.now(), session);
        Provision provision = new Provision(waiter.ticket(), waiter.attachment(), waiter.seq(), until);
        return GrantDecisions.make(
                        state, session, waiter.key(resource), token, waiter.ttl(), List.of(), waiter.extras())
                .hangingOn(provision);
    }

    /** An owner got or lost something while it waits for something else: somebody may now wait for it in a circle. */
    private List<Event> circle(WaitNode owner) {
        WaitsFor.Circle circle = waitsFor.through(owner);
        if (circle == null) {
            return List.of();
        }
        state.agenda.stirred.add(owner);
        return List.of(ended(circle.waiter(), WaitDecisions.deadlock(circle)));
    }

    private static Event ended(Waiter waiter, Rejection rejection) {
        return new Event.WaitEnded(waiter, new Answer.Rejected(rejection), true);
    }
}

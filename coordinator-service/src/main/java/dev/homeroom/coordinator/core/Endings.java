package dev.homeroom.coordinator.core;

import java.util.ArrayList;
import java.util.List;

/** The one atomic step in which an incarnation ends with all it holds. */
final class Endings {
    private Endings() {}

    /** The session's end, then that of each of its waits, then that of each of its grants by token. */
    static List<Event> of(State state, Session session, EndReason sessions) {
        EndReason grants = sessions == EndReason.RELEASED ? EndReason.SESSION_RELEASED : sessions;
        List<Event> events = new ArrayList<>();
        events.add(new Event.SessionEnded(session.id(), sessions));
        Answer ended = new Answer.Rejected(Rejection.of(
                Rejection.Reason.SESSION_ENDED,
                "session " + session.id() + " ended (" + sessions.label() + ") while the request waited"));
        for (Waiter waiter : new Queues(state).of(session.id())) {
            events.add(new Event.WaitEnded(waiter, ended, false));
        }
        for (Grant grant : state.grantsOf(session.id())) {
            events.add(new Event.GrantEnded(grant, grants));
        }
        return events;
    }
}

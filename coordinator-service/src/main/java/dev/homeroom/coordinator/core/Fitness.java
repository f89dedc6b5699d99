package dev.homeroom.coordinator.core;

import dev.homeroom.coordinator.core.Rejection.Reason;
import org.jspecify.annotations.Nullable;

/** Whether a session may act. */
final class Fitness {
    private Fitness() {}

    /** Null when this incarnation is the current one and has not ended. */
    static @Nullable Rejection check(@Nullable Session session, String id, long incarnation) {
        if (session == null) {
            return unknown(id);
        }
        if (session.incarnation() != incarnation) {
            return Rejection.of(
                    Reason.STALE_INCARNATION,
                    "session " + id + " is at incarnation " + session.incarnation() + ", not " + incarnation);
        }
        return session.live() ? null : ended(session);
    }

    static Rejection unknown(String id) {
        return Rejection.of(Reason.UNKNOWN_SESSION, "there is no session " + id + "; register it");
    }

    static Rejection ended(Session session) {
        EndReason reason = session.ended();
        return Rejection.of(
                Reason.SESSION_ENDED,
                "session " + session.id() + " ended (" + (reason == null ? "" : reason.label())
                        + "); register it as a new instance");
    }

    /** Null when its lease still runs: nothing is granted on a lease that is over, even before it is ended. */
    static @Nullable Rejection mayReceive(State state, Session session) {
        return state.now() < session.life().deadline()
                ? null
                : Rejection.of(
                        Reason.SESSION_ENDED,
                        "the lease of session " + session.id() + " has run out; heartbeat or register it");
    }
}

package dev.homeroom.coordinator.core;

import dev.homeroom.coordinator.core.Rejection.Reason;
import org.jspecify.annotations.Nullable;

/** Whether the bounds leave room. */
final class Room {
    private Room() {}

    /** Null when the session may receive one more grant now. */
    static @Nullable Rejection check(State state, Session session) {
        return check(state, session, 1);
    }

    /** Null when the session may receive so many more grants now; none may be needed. */
    static @Nullable Rejection check(State state, Session session, int more) {
        Settings settings = state.settings();
        if (session.grants() + more > settings.grantsPerSession()) {
            return Rejection.of(
                    Reason.TOO_MANY, "a session may hold at most " + settings.grantsPerSession() + " grants");
        }
        if (state.grantCount() + more > settings.grants()) {
            return Rejection.of(Reason.TOO_MANY, "at most " + settings.grants() + " grants may be held at once");
        }
        return Fitness.mayReceive(state, session);
    }

    /** Whether a limit of this key exists or may come to be. */
    static boolean forLimit(State state, String key) {
        return state.limits.size() < Bounds.LIMITS || state.limits.get(key) != null;
    }

    /** Permits left of a limit; negative when its capacity was lowered below what is used. */
    static int ofLimit(State state, String key) {
        Limit limit = state.limits.get(key);
        return limit == null ? state.settings().permits() : limit.capacity(state.settings()) - limit.used();
    }
}

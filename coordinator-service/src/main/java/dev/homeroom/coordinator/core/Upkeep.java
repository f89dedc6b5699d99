package dev.homeroom.coordinator.core;

import dev.homeroom.coordinator.core.Rejection.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What keeps the state in order: expiry, the token floor, the cursor, the settings. */
final class Upkeep {
    private final State state;

    Upkeep(State state) {
        this.state = state;
    }

    Decision raise(Command.RaiseTokenFloor raise) {
        long token = state.head.token();
        if (raise.floor() < 0 || raise.floor() > Bounds.HIGHEST_TOKEN_FLOOR) {
            return Decision.reject(Reason.INVALID, "the floor must be 0 to " + Bounds.HIGHEST_TOKEN_FLOOR);
        }
        return raise.floor() <= token
                ? Decision.of(new Answer.TokenFloor(token + 1))
                : Decision.of(new Event.TokenFloorRaised(raise.floor()), new Answer.TokenFloor(raise.floor() + 1));
    }

    Decision commit(Command.CommitCursor commit) {
        return commit.cursor().compareTo(state.cursor()) <= 0
                ? Decision.of(new Answer.Done())
                : Decision.of(new Event.CursorMoved(commit.cursor()), new Answer.Done());
    }

    Decision configure(Command.Configure configure) {
        String wrong = configure.settings().wrong();
        return wrong != null
                ? Decision.reject(Reason.INVALID, wrong)
                : Decision.of(new Event.Configured(configure.settings()), new Answer.Done());
    }

    Decision expire(Command.Expire expire) {
        if (expire.term() != state.term()) {
            return Decision.reject(Reason.STALE_TERM, "expiry of term " + expire.term() + " in term " + state.term());
        }
        String wrong = Checks.range("max", expire.max(), 1, Bounds.EXPIRE);
        if (wrong != null) {
            return Decision.reject(Reason.INVALID, wrong);
        }
        Round round = new Round(expire.max());
        state.leases.scan(null, (due, id) -> round.lease(due, id));
        state.deadlines.scan(null, (due, key) -> round.deadline(due, key));
        state.ended.scan(null, (due, id) -> round.memory(due, id));
        int living = state.liveSessions() - round.failed.size();
        return new Decision(
                round.events, new Answer.Expired(round.failed.size(), round.grants, round.more, living > 0));
    }

    /** One look at what is due, in the order of time; examines a bounded number, rechecks every deadline. */
    private final class Round {
        private final List<Event> events = new ArrayList<>();
        private final TreeSet<String> failed = new TreeSet<>();
        private final int max;
        private int grants;
        private boolean more;

        Round(int max) {
            this.max = max;
        }

        private boolean goesOn(long at) {
            if (at > state.now()) {
                return false;
            }
            more = events.size() >= max;
            return !more;
        }

        boolean lease(Due.OfSession due, String id) {
            if (!goesOn(due.at())) {
                return false;
            }
            Session session = state.sessions.get(id);
            if (session != null && session.life().deadline() > state.now()) {
                events.add(new Event.LeaseChecked(id));
            } else if (session != null) {
                List<Event> endings = Endings.of(state, session, EndReason.SESSION_FAILED);
                grants += endings.size() - 1;
                failed.add(id);
                events.addAll(endings);
            }
            return true;
        }

        boolean deadline(Due.OfGrant due, GrantKey key) {
            if (more || !goesOn(due.at())) {
                return false;
            }
            Grant grant = state.grants.get(key);
            if (grant == null || failed.contains(key.session())) {
                return true;
            }
            if (grant.deadline() > state.now()) {
                events.add(new Event.GrantChecked(grant));
            } else {
                grants++;
                events.add(new Event.GrantEnded(grant, EndReason.EXPIRED));
            }
            return true;
        }

        /** Ended sessions are forgotten after a time. */
        boolean memory(Due.OfSession due, String id) {
            if (more || !goesOn(due.at() + state.settings().endedKeptMillis())) {
                return false;
            }
            events.add(new Event.SessionForgotten(id));
            return true;
        }
    }
}

package dev.homeroom.coordinator.core;

import dev.homeroom.coordinator.core.Rejection.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** What keeps the state in order: expiry, the token floor, the cursor, the settings. */
final class Upkeep {
    private final State state;
    private final Queues queues;
    private final WaitDecisions waits;

    Upkeep(State state, Queues queues, WaitDecisions waits) {
        this.state = state;
        this.queues = queues;
        this.waits = waits;
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

    Decision renew(Command.NewEpoch renewed) {
        if (renewed.epoch() < 1) {
            return Decision.reject(Reason.INVALID, "an epoch is 1 or more");
        }
        return renewed.epoch() <= state.head.epoch()
                ? Decision.of(new Answer.Done())
                : Decision.of(new Event.EpochBegan(renewed.epoch()), new Answer.Done());
    }

    Decision expire(Command.Expire expire) {
        if (expire.term() != state.term()) {
            return Decision.reject(Reason.STALE_TERM, "expiry of term " + expire.term() + " in term " + state.term());
        }
        return due(expire.max());
    }

    /** The same round on demand; every deadline is rechecked, so it needs no term. */
    Decision maintain(Command.Maintain maintain) {
        return due(maintain.max());
    }

    private Decision due(int max) {
        String wrong = Checks.range("max", max, 1, Bounds.MOST_EXPIRED);
        if (wrong != null) {
            return Decision.reject(Reason.INVALID, wrong);
        }
        Round round = new Round(max);
        state.leases.scan(null, (due, id) -> round.lease(due, id));
        state.deadlines.scan(null, (due, key) -> round.deadline(due, key));
        state.waitDeadlines.scan(null, (due, ticket) -> round.wait(due, ticket));
        state.delayEnds.scan(null, (due, resource) -> round.delay(due, resource));
        state.ended.scan(null, (due, id) -> round.memory(due, id));
        int living = state.liveSessions() - round.failed.size();
        return new Decision(
                round.events,
                new Answer.Expired(
                        round.failed.size(), round.grants, round.more, living > 0 || !state.delays.isEmpty()));
    }

    /** One look at what is due, in the order of time; examines a bounded number, rechecks every deadline. */
    private final class Round {
        private final List<Event> events = new ArrayList<>();
        private final TreeSet<String> failed = new TreeSet<>();
        private final int max;
        private final Queues.Positions positions = queues.new Positions();
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
                grants += session.grants();
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
            Provision provision = grant.extras().provision();
            if (grant.deadline() <= state.now()) {
                grants++;
                events.add(new Event.GrantEnded(grant, EndReason.EXPIRED));
            } else if (provision == null || provision.until() > state.now()) {
                events.add(new Event.GrantChecked(grant));
            } else if (provision.seq() == 0) {
                events.add(new Event.GrantConfirmed(grant));
            } else {
                grants++;
                events.addAll(WaitDecisions.unconfirmed(grant, provision));
            }
            return true;
        }

        /** A wait runs out; unless that is its last try, its seq may be asked again and is executed again. */
        boolean wait(Due.OfGrant due, long ticket) {
            if (more || !goesOn(due.at())) {
                return false;
            }
            Waiter waiter = state.waiters.get(ticket);
            if (waiter != null && !failed.contains(waiter.session())) {
                events.add(new Event.WaitEnded(waiter, waits.ranOut(waiter, positions), waiter.lastTry()));
            }
            return true;
        }

        boolean delay(Due.OfDelay due, ResourceKey resource) {
            if (more || !goesOn(due.at())) {
                return false;
            }
            Delay delay = state.delays.get(resource);
            if (delay != null) {
                events.add(new Event.DelayEnded(delay));
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

package dev.homeroom.coordinator.core;

import java.util.ArrayList;
import java.util.List;

/** How events change the state: the only place where it does. Decides nothing, refuses nothing. */
class Evolution {
    private final State state;
    private final Chronicle chronicle;
    private final GrantTable grants;
    private final WaiterTable waiters;
    private List<WaitEnd> waitEnds = List.of();

    Evolution(State state) {
        this.state = state;
        this.chronicle = new Chronicle(state);
        this.waiters = new WaiterTable(state);
        this.grants = new GrantTable(state, chronicle, waiters);
    }

    /** Begins a log entry: time goes on, changes are numbered from 0. */
    void begin(long index, Batch batch) {
        state.head = state.head.at(index, batch);
        chronicle.begin();
        waitEnds = List.of();
    }

    /** The waits that ended in this entry so far. */
    List<WaitEnd> waitEnds() {
        return waitEnds;
    }

    void evolve(Event event) {
        switch (event) {
            case Event.SessionBegan(Session session) -> began(session);
            case Event.SessionEnded(String id, EndReason reason) -> ended(session(id), reason);
            case Event.SessionForgotten(String id) -> {
                // An end in the same decision may have pushed it out already.
                Session session = state.sessions.get(id);
                if (session != null && !session.live()) {
                    forget(session);
                }
            }
            case Event.SessionBeat beat -> beat(session(beat.session()), beat);
            case Event.LeaseChecked(String id) -> checked(session(id));
            case Event.AnswerKept kept -> {
                Session session = session(kept.session());
                heard(session, kept.unanswered());
                put(session.with(session.ledger().from(kept.unanswered()).keep(kept.answer())));
            }
            case Event.NothingKept(String id, long unanswered) -> {
                Session session = session(id);
                heard(session, unanswered);
                put(session.with(session.ledger().from(unanswered)));
            }
            case Event.AnswerForgotten(String id, long seq) -> {
                Session session = session(id);
                put(session.with(session.ledger().without(seq)));
            }
            case Event.GrantBegan began -> grants.began(began);
            case Event.GrantRenewed(Grant grant, long deadline, long ttl) ->
                grants.moved(grant, grant.until(deadline, ttl));
            case Event.GrantChecked(Grant grant) -> grants.moved(grant, grant.checkedAtDeadline());
            case Event.GrantConfirmed(Grant grant) -> grants.moved(grant, grant.confirmed());
            case Event.GrantOffered(Grant grant, Provision provision) ->
                grants.moved(grant, grant.hangingOn(provision));
            case Event.GrantEnded ended -> grants.ended(ended);
            case Event.WaitBegan(Waiter waiter) -> waiters.began(waiter);
            case Event.WaitAttached(Waiter waiter, String attachment) -> waiters.attached(waiter, attachment);
            case Event.WaitEnded ended -> waitEnded(ended);
            case Event.DelayEnded(Delay delay) -> {
                DelayTable.end(state, delay.resource());
                waiters.freed(delay.resource());
            }
            case Event.LimitSet(String key, int permits) -> {
                grants.limitSet(key, permits);
                waiters.freed(new ResourceKey(Kind.LIMIT, key));
            }
            case Event.TokenFloorRaised(long floor) ->
                state.head = state.head.withToken(Math.max(state.head.token(), floor));
            case Event.CursorMoved(Cursor cursor) -> chronicle.published(cursor);
            case Event.Configured(Settings settings) -> {
                state.head = state.head.withSettings(settings);
                chronicle.trim();
                waiters.allLimitsFreed();
                forgetSurplus();
            }
            case Event.EpochBegan(long epoch) -> state.head = state.head.withEpoch(epoch);
            case Event.RequestSettled settled -> settle(settled);
            case Event.UsageReported(String id, var usage) -> {
                Session session = session(id);
                put(session.with(session.tally().reporting(usage)));
            }
            case Event.OutcomeCounted(String id, TaskOutcome outcome, long millis) -> {
                Session session = session(id);
                put(session.with(session.tally().counting(outcome, millis)));
            }
            case Event.TaskAssigned(String id, Answer.Assignment assignment) ->
                put(session(id).assigned(assignment));
            case Event.AffinityPut(Preference preference) -> AffinityTable.put(state, preference);
            case Event.AffinityRemoved(String id) -> AffinityTable.remove(state, id);
            case Event.AffinityTurned(String id, boolean open) -> {
                Preference preference = state.affinities.get(id);
                if (preference != null) {
                    AffinityTable.put(state, preference.turned(open));
                }
            }
            case Event.BucketChanged(Bucket bucket) -> state.rates.put(bucket.key(), bucket);
            case Event.RateRemoved(String key) -> state.rates.remove(key);
        }
    }

    private void began(Session session) {
        Session former = state.sessions.get(session.id());
        if (former != null) {
            state.ended.remove(new Due.OfSession(former.endedAt(), former.id()));
        }
        put(session);
        state.leases.put(new Due.OfSession(session.life().checkAt(), session.id()), session.id());
        chronicle.add(
                new Change.OfSession(session.id(), session.incarnation(), session.profile(), null, state.head.wall()));
    }

    private void ended(Session session, EndReason reason) {
        state.leases.remove(new Due.OfSession(session.life().checkAt(), session.id()));
        put(session.ended(reason, state.now()));
        state.ended.put(new Due.OfSession(state.now(), session.id()), session.id());
        chronicle.add(new Change.OfSession(
                session.id(), session.incarnation(), session.profile(), reason, state.head.wall()));
        forgetSurplus();
    }

    /** A bound, like that of the backlog: however fast sessions end, only so many are remembered. */
    private void forgetSurplus() {
        while (state.ended.size() > state.settings().endedKept()) {
            Due.OfSession oldest = state.ended.firstKey();
            if (oldest == null) {
                return;
            }
            forget(session(oldest.session()));
        }
    }

    private void forget(Session session) {
        state.ended.remove(new Due.OfSession(session.endedAt(), session.id()));
        state.sessions.remove(session.id());
        if (session.incarnation() > state.head.incarnation()) {
            state.head = state.head.withIncarnation(session.incarnation());
        }
    }

    private void beat(Session session, Event.SessionBeat beat) {
        move(session, beat.life());
        heard(session, beat.unanswered());
        put(session.with(beat.life(), session.ledger().from(beat.unanswered()), beat.notices()));
    }

    private void checked(Session session) {
        Life life = session.life().checkedAtDeadline();
        move(session, life);
        put(session.with(life));
    }

    private void move(Session session, Life life) {
        if (life.checkAt() != session.life().checkAt()) {
            state.leases.remove(new Due.OfSession(session.life().checkAt(), session.id()));
            state.leases.put(new Due.OfSession(life.checkAt(), session.id()), session.id());
        }
    }

    /** Its answer is kept unless its client has gone on without it. */
    private void waitEnded(Event.WaitEnded ended) {
        Waiter waiter = ended.waiter();
        waiters.ended(waiter);
        if (waitEnds.isEmpty()) {
            waitEnds = new ArrayList<>();
        }
        waitEnds.add(new WaitEnd(waiter.ticket(), ended.answer()));
        Session session = state.sessions.get(waiter.session());
        if (ended.kept()
                && session != null
                && session.live()
                && session.incarnation() == waiter.incarnation()
                && waiter.seq() >= session.ledger().unanswered()) {
            Ledger.Kept kept = new Ledger.Kept(waiter.seq(), state.now(), ended.answer());
            put(session.with(session.ledger().keep(kept)));
        }
    }

    /** Answers below are known to the session: what hangs on that is looked at after the command. */
    private void heard(Session session, long unanswered) {
        if (unanswered > session.ledger().unanswered() && !(state.provisional.isEmpty() && state.waiters.isEmpty())) {
            state.agenda.heard.add(session.id());
        }
    }

    private void settle(Event.RequestSettled settled) {
        long number = state.head.request() + 1;
        state.head = state.head.withRequest(number);
        state.requests.put(
                settled.requestId(),
                new Settled(settled.requestId(), number, state.now(), settled.command(), settled.answer()));
        state.requestOrder.put(number, settled.requestId());
        Long oldest = state.requestOrder.firstKey();
        if (state.requestOrder.size() > Bounds.REQUESTS && oldest != null) {
            String forgotten = state.requestOrder.remove(oldest);
            if (forgotten != null) {
                state.requests.remove(forgotten);
            }
        }
    }

    private void put(Session session) {
        state.sessions.put(session.id(), session);
    }

    private Session session(String id) {
        Session session = state.sessions.get(id);
        if (session == null) {
            throw new IllegalStateException("event for a session that is not there: " + id);
        }
        return session;
    }
}

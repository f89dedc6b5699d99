package dev.homeroom.coordinator.core;

import dev.homeroom.coordinator.core.Rejection.Reason;

/** What each command comes to, given the state; changes nothing. Finds the feature that decides. */
class Decisions {
    private final State state;
    private final SessionDecisions sessions;
    private final GrantDecisions grants;
    private final ManyDecisions many;
    private final WaitDecisions waits;
    private final Conflicts conflicts;
    private final TaskDecisions tasks;
    private final Reads reads;
    private final Upkeep upkeep;
    private final AffinityDecisions affinities;
    private final RateDecisions rates;
    private final LimitReads limits;
    private final Audit audit;
    private final SessionChoice choice;
    private final Assignments assignments;

    Decisions(State state) {
        this.state = state;
        Views views = new Views(state);
        this.sessions = new SessionDecisions(state, views);
        Queues queues = new Queues(state);
        Vacancy vacancy = new Vacancy(state, views, queues);
        this.waits = new WaitDecisions(state, views, queues, vacancy);
        this.conflicts = new Conflicts(state, views, waits);
        this.grants = new GrantDecisions(state, views, vacancy, conflicts);
        this.many = new ManyDecisions(state, views, vacancy, waits);
        this.tasks = new TaskDecisions(state, views);
        this.reads = new Reads(state, views);
        this.upkeep = new Upkeep(state, queues, waits);
        this.affinities = new AffinityDecisions(state);
        this.rates = new RateDecisions(state);
        this.limits = new LimitReads(state);
        this.audit = new Audit(state);
        this.choice = new SessionChoice(state, views);
        this.assignments = new Assignments(state, views, choice, vacancy);
    }

    Decision decide(Command command) {
        return switch (command) {
            case Command.OfSession own -> exactlyOnce(own);
            case Command.Once once -> atMostOnce(once);
            case Command.Register register -> sessions.register(register);
            case Command.ReleaseSession release -> sessions.release(release);
            case Command.Heartbeat heartbeat -> sessions.heartbeat(heartbeat);
            case Command.RenewTasks renew -> tasks.renew(renew);
            case Command.ReleaseTasks release -> tasks.release(release);
            case Command.SetLimit set -> grants.setLimit(set);
            case Command.RaiseTokenFloor raise -> upkeep.raise(raise);
            case Command.GetSession get -> reads.session(get);
            case Command.ListSessions list -> reads.sessions(list);
            case Command.GetResource get -> reads.resource(get);
            case Command.ListGrants list -> reads.grants(list);
            case Command.Expire expire -> upkeep.expire(expire);
            case Command.ReadBacklog read -> reads.backlog(read);
            case Command.CommitCursor commit -> upkeep.commit(commit);
            case Command.Configure configure -> upkeep.configure(configure);
            case Command.NewEpoch renewed -> upkeep.renew(renewed);
            case Command.CancelWait cancel -> waits.cancel(cancel);
            case Command.ForceRelease force -> conflicts.force(force);
            case Command.AssignTask assign -> assignments.assign(assign);
            case Command.FindSessions find -> choice.find(find);
            case Command.ReadAudit read -> audit.read(read);
            case Command.Maintain maintain -> upkeep.maintain(maintain);
            case Command.GetLimit get -> limits.get(get);
            case Command.ListLimits list -> limits.list(list);
            case Command.SetRate set -> rates.set(set);
            case Command.PutAffinity put -> affinities.put(put);
            case Command.DeleteAffinity delete -> affinities.delete(delete);
            case Command.GetAffinity get -> affinities.get(get);
            case Command.ListAffinities list -> affinities.list(list);
            case Command.OpenAffinities open -> affinities.open(open);
        };
    }

    private Decision exactlyOnce(Command.OfSession command) {
        Session session = state.sessions.get(command.session());
        Rejection unfit = Fitness.check(session, command.session(), command.incarnation());
        if (unfit != null || session == null) {
            return Decision.reject(unfit != null ? unfit : Fitness.unknown(command.session()));
        }
        Request request = command.request();
        if (request.seq() == 0) {
            return execute(session, command);
        }
        Ledger ledger = session.ledger();
        if (request.seq() < 0 || request.unanswered() < 0 || request.unanswered() > request.seq()) {
            return Decision.reject(Reason.INVALID, "seq must be positive and unanswered at most seq");
        }
        if (request.seq() < ledger.unanswered()) {
            return Decision.reject(Reason.REQUEST_TOO_OLD, "request " + request.seq() + " was answered long ago");
        }
        Ledger.Kept kept = ledger.find(request.seq());
        if (kept != null) {
            Answer again = kept.answer().later(state.now() - kept.at());
            return state.provisional.isEmpty()
                    ? Decision.of(again)
                    : new Decision(waits.offered(session, command, kept.answer()), again);
        }
        long unanswered = Math.max(ledger.unanswered(), request.unanswered());
        if (request.seq() - unanswered >= Bounds.IN_FLIGHT) {
            return Decision.reject(
                    Reason.TOO_MANY, "at most " + Bounds.IN_FLIGHT + " requests of a session may be unanswered");
        }
        Decision waiting = state.waiters.isEmpty() ? null : waits.again(command);
        Decision decision = waiting != null ? waiting : execute(session, command);
        Rejection full = ledger.from(unanswered).full(Ledger.several(decision.answer()));
        decision = full == null ? decision : Decision.reject(full);
        if (waiting != null || !settles(command, decision.answer())) {
            return decision.and(new Event.NothingKept(session.id(), unanswered));
        }
        return decision.and(new Event.AnswerKept(
                session.id(), unanswered, new Ledger.Kept(request.seq(), state.now(), decision.answer())));
    }

    /** Whether the answer is the one of its seq; else the seq may be asked again and is executed again. */
    private static boolean settles(Command.OfSession command, Answer answer) {
        return switch (answer) {
            // A claim that waits for work asks again under its seq; a kept "nothing" would make it deaf.
            case Answer.TasksClaimed claimed -> !claimed.grants().isEmpty();
            case Answer.Waiting _ -> false;
            case Answer.Rejected(Rejection rejection) when rejection.reason() == Reason.HELD -> lastTry(command);
            default -> true;
        };
    }

    private static boolean lastTry(Command.OfSession command) {
        return switch (command) {
            case Command.Acquire acquire -> acquire.terms().lastTry();
            case Command.AcquireAll acquire -> acquire.terms().lastTry();
            default -> true;
        };
    }

    private Decision execute(Session session, Command.OfSession command) {
        return switch (command) {
            case Command.Acquire acquire -> grants.acquire(session, acquire);
            case Command.Renew renew -> grants.renew(session, renew);
            case Command.Release release -> grants.release(session, release);
            case Command.ClaimTasks claim -> tasks.claim(session, claim);
            case Command.AcquireAll acquire -> many.acquire(session, acquire);
            case Command.Consume consume -> rates.consume(session, consume);
            case Command.Refund refund -> rates.refund(session, refund);
        };
    }

    private Decision atMostOnce(Command.Once once) {
        String wrong = Checks.name("requestId", once.requestId());
        if (wrong != null || !takesRequestId(once.command())) {
            return Decision.reject(Reason.INVALID, wrong != null ? wrong : "this command takes no request id");
        }
        Settled settled = state.requests.get(once.requestId());
        if (settled == null) {
            Decision decision = decide(once.command());
            return outOfBounds(decision.answer())
                    ? decision
                    : decision.and(new Event.RequestSettled(once.requestId(), once.command(), decision.answer()));
        }
        return same(settled.command(), once.command())
                ? Decision.of(settled.answer())
                : Decision.reject(Reason.REQUEST_REUSED, "the request id was used for something else");
    }

    /** What the queue says of a task may have changed since it was assigned: where it was worked on last, for one. */
    private static boolean same(Command first, Command again) {
        if (first instanceof Command.AssignTask one && again instanceof Command.AssignTask other) {
            return one.session().equals(other.session())
                    && one.task().task().equals(other.task().task())
                    && one.ttlMillis() == other.ttlMillis();
        }
        return first.equals(again);
    }

    /** It is so every time; kept, it would be kept at whatever size it was sent. */
    private static boolean outOfBounds(Answer answer) {
        return answer instanceof Answer.Rejected(Rejection rejection) && rejection.reason() == Reason.INVALID;
    }

    private static boolean takesRequestId(Command command) {
        return switch (command) {
            case Command.Register _, Command.ReleaseSession _, Command.RaiseTokenFloor _ -> true;
            case Command.SetLimit _, Command.SetRate _, Command.ForceRelease _, Command.AssignTask _ -> true;
            case Command.PutAffinity _, Command.DeleteAffinity _ -> true;
            default -> false;
        };
    }
}

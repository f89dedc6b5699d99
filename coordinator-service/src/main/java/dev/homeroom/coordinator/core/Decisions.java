package dev.homeroom.coordinator.core;

import dev.homeroom.coordinator.core.Rejection.Reason;

/** What each command comes to, given the state; changes nothing. Finds the feature that decides. */
final class Decisions {
    private final State state;
    private final SessionDecisions sessions;
    private final GrantDecisions grants;
    private final TaskDecisions tasks;
    private final Reads reads;
    private final Upkeep upkeep;

    Decisions(State state) {
        this.state = state;
        Views views = new Views(state);
        this.sessions = new SessionDecisions(state, views);
        this.grants = new GrantDecisions(state, views);
        this.tasks = new TaskDecisions(state, views);
        this.reads = new Reads(state, views);
        this.upkeep = new Upkeep(state);
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
            case Command.CancelWait _, Command.ForceRelease _ -> unbuilt();
            case Command.AssignTask _, Command.FindSessions _, Command.ReadAudit _, Command.Maintain _ -> unbuilt();
            case Command.GetLimit _, Command.ListLimits _, Command.SetRate _ -> unbuilt();
            case Command.PutAffinity _,
                    Command.DeleteAffinity _,
                    Command.GetAffinity _,
                    Command.ListAffinities _,
                    Command.OpenAffinities _ -> unbuilt();
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
            return Decision.of(kept.answer().later(state.now() - kept.at()));
        }
        long unanswered = Math.max(ledger.unanswered(), request.unanswered());
        if (request.seq() - unanswered >= Bounds.IN_FLIGHT) {
            return Decision.reject(
                    Reason.TOO_MANY, "at most " + Bounds.IN_FLIGHT + " requests of a session may be unanswered");
        }
        Decision decision = execute(session, command);
        if (decision.answer() instanceof Answer.TasksClaimed claimed
                && claimed.grants().isEmpty()) {
            // A claim that waits for work asks again under its seq; a kept "nothing" would make it deaf.
            return decision.and(new Event.NothingKept(session.id(), unanswered));
        }
        return decision.and(new Event.AnswerKept(
                session.id(), unanswered, new Ledger.Kept(request.seq(), state.now(), decision.answer())));
    }

    private Decision execute(Session session, Command.OfSession command) {
        return switch (command) {
            case Command.Acquire acquire -> grants.acquire(session, acquire);
            case Command.Renew renew -> grants.renew(session, renew);
            case Command.Release release -> grants.release(session, release);
            case Command.ClaimTasks claim -> tasks.claim(session, claim);
            case Command.AcquireAll _, Command.Consume _, Command.Refund _ -> unbuilt();
        };
    }

    private static Decision unbuilt() {
        return Decision.reject(Reason.INVALID, "this is not built yet");
    }

    private Decision atMostOnce(Command.Once once) {
        String wrong = Checks.name("requestId", once.requestId());
        if (wrong != null || !takesRequestId(once.command())) {
            return Decision.reject(Reason.INVALID, wrong != null ? wrong : "this command takes no request id");
        }
        Settled settled = state.requests.get(once.requestId());
        if (settled == null) {
            Decision decision = decide(once.command());
            return decision.and(new Event.RequestSettled(once.requestId(), once.command(), decision.answer()));
        }
        return settled.command().equals(once.command())
                ? Decision.of(settled.answer())
                : Decision.reject(Reason.REQUEST_REUSED, "the request id was used for something else");
    }

    private static boolean takesRequestId(Command command) {
        return switch (command) {
            case Command.Register _, Command.ReleaseSession _, Command.SetLimit _, Command.RaiseTokenFloor _ -> true;
            default -> false;
        };
    }
}

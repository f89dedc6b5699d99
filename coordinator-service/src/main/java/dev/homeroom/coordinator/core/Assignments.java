package dev.homeroom.coordinator.core;

import dev.homeroom.coordinator.core.Rejection.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pushing a task to a session (requirement R-S6): its claim and its permits are granted at once, the session is told
 * with every heartbeat until it shows that it has heard of it: by a heartbeat that has seen the token, by a claim, or by a
 * renewal. If it shows nothing in 10 s and two of its heartbeat intervals, the claim ends: a task that never starts must
 * not stay with a session that never heard of it.
 */
final class Assignments {
    private final State state;
    private final Views views;
    private final SessionChoice choice;
    private final Vacancy vacancy;

    Assignments(State state, Views views, SessionChoice choice, Vacancy vacancy) {
        this.state = state;
        this.views = views;
        this.choice = choice;
        this.vacancy = vacancy;
    }

    Decision assign(Command.AssignTask assign) {
        Command.Candidate task = assign.task();
        String wrong = Checks.first(
                Checks.text("session", assign.session()),
                Checks.candidate(task),
                Checks.duration("ttl", assign.ttlMillis(), Bounds.LONGEST_TTL_MILLIS));
        if (wrong != null) {
            return Decision.reject(Reason.INVALID, wrong);
        }
        Grant held = state.firstOf(Kind.CLAIM, TaskNames.claim(task.task()));
        if (held != null) {
            return alreadyHeld(assign, held);
        }
        Session session = assign.session().isEmpty() ? choice.best(task) : state.sessions.get(assign.session());
        Rejection refusal = refusal(assign, session);
        if (refusal != null || session == null) {
            return Decision.reject(refusal != null ? refusal : Fitness.unknown(assign.session()));
        }
        List<String> limits = task.limits().stream().distinct().sorted().toList();
        for (String limit : limits) {
            Rejection exhausted = vacancy.refusal(Kind.LIMIT, limit);
            if (exhausted != null) {
                return Decision.reject(exhausted);
            }
        }
        return grant(session, assign, limits);
    }

    private Decision grant(Session session, Command.AssignTask assign, List<String> limits) {
        String task = assign.task().task();
        long token = state.head.token() + 1;
        Grant grant = GrantDecisions.make(
                        state, session, TaskNames.key(task, session.id()), token, assign.ttlMillis(), limits)
                .hangingOn(Provision.pushed(Provision.until(state.now(), session)));
        return new Decision(
                List.of(
                        new Event.GrantBegan(grant),
                        new Event.TaskAssigned(session.id(), new Answer.Assignment(task, token))),
                new Answer.Assigned(views.grant(grant, session), score(session, assign.task())));
    }

    /** The same assignment again is answered with the present grant; so is one to whom it may concern. */
    private Decision alreadyHeld(Command.AssignTask assign, Grant held) {
        Session holder = state.sessions.get(held.key().session());
        if (holder == null) {
            throw new IllegalStateException("a grant without its session: " + held.key());
        }
        boolean pending = holder.assigned().stream().anyMatch(one -> one.token() == held.token());
        if (assign.session().equals(holder.id()) || (assign.session().isEmpty() && pending)) {
            return Decision.of(new Answer.Assigned(views.grant(held, holder), score(holder, assign.task())));
        }
        return Decision.reject(new Rejection(
                Reason.HELD,
                "task " + assign.task().task() + " is held by session " + holder.id(),
                views.grant(held).holder()));
    }

    private @Nullable Rejection refusal(Command.AssignTask assign, @Nullable Session session) {
        if (session == null) {
            return assign.session().isEmpty()
                    ? Rejection.of(
                            Reason.NONE_AVAILABLE,
                            "no session is available that can do this task; it stays in the queue for whoever asks")
                    : Fitness.unknown(assign.session());
        }
        String unfit = Scoring.unfit(session, assign.task().capabilities(), state.settings(), state.now());
        if (unfit != null) {
            return Rejection.of(
                    Reason.NONE_AVAILABLE,
                    "session " + session.id() + " " + unfit + "; assign the task to another one");
        }
        return Room.check(state, session);
    }

    private Score score(Session session, Command.Candidate task) {
        return Scoring.score(session, task, AffinityTable.open(state, session.id()), state.now());
    }
}

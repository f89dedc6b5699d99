package dev.homeroom.coordinator.core;

import dev.homeroom.coordinator.core.Rejection.Reason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Claims of tasks, for queue-service. */
final class TaskDecisions {
    private final State state;
    private final Views views;

    TaskDecisions(State state, Views views) {
        this.state = state;
        this.views = views;
    }

    Decision claim(Session session, Command.ClaimTasks claim) {
        String wrong = wrong(claim);
        if (wrong != null) {
            return Decision.reject(Reason.INVALID, wrong);
        }
        Rejection refusal = Fitness.mayReceive(state, session);
        if (refusal != null) {
            return Decision.reject(refusal);
        }
        List<Grant> pushed = pushed(session, claim);
        refusal = Room.check(state, session);
        if (refusal != null && pushed.isEmpty()) {
            return Decision.reject(refusal);
        }
        int free = Math.max(0, session.profile().maxConcurrentTasks() - session.tasks());
        int room = Math.min(
                state.settings().grantsPerSession() - session.grants(),
                state.settings().grants() - state.grantCount());
        int count = Math.min(Math.min(claim.count() - pushed.size(), free), room);
        ClaimRound round = new ClaimRound(state, session, claim.ttlMillis());
        if (count > 0) {
            List<Affinity> open = AffinityTable.open(state, session.id());
            round.take(CandidateOrder.of(session.profile(), open, claim.candidates()), count);
        }
        return claimed(session, pushed, round, free);
    }

    private Decision claimed(Session session, List<Grant> pushed, ClaimRound round, int free) {
        List<Event> events = new ArrayList<>();
        List<GrantView> granted = new ArrayList<>();
        for (Grant grant : pushed) {
            events.add(new Event.GrantConfirmed(grant));
            granted.add(views.grant(grant, session));
        }
        for (Grant grant : round.grants()) {
            events.add(new Event.GrantBegan(grant));
            granted.add(views.grant(grant, session));
        }
        boolean full = round.grants().size() == free;
        return new Decision(events, new Answer.TasksClaimed(granted, List.copyOf(round.exhausted()), full));
    }

    /** The candidates that were pushed to it already: it gets them first, and has heard of them by that. */
    private List<Grant> pushed(Session session, Command.ClaimTasks claim) {
        if (session.assigned().isEmpty()) {
            return List.of();
        }
        Set<String> wanted = new HashSet<>();
        claim.candidates().forEach(candidate -> wanted.add(candidate.task()));
        List<Grant> pushed = new ArrayList<>();
        for (Answer.Assignment one : session.assigned()) {
            Grant grant =
                    wanted.contains(one.task()) ? state.grants.get(TaskNames.key(one.task(), session.id())) : null;
            if (grant != null && pushed.size() < claim.count()) {
                pushed.add(grant);
            }
        }
        return pushed;
    }

    private static @Nullable String wrong(Command.ClaimTasks claim) {
        String wrong = Checks.first(
                Checks.range("count", claim.count(), 1, Bounds.CLAIM_COUNT),
                Checks.duration("ttl", claim.ttlMillis(), Bounds.LONGEST_TTL_MILLIS),
                Checks.range("candidates", claim.candidates().size(), 0, Bounds.CANDIDATES));
        for (Command.Candidate candidate : claim.candidates()) {
            if (wrong != null) {
                return wrong;
            }
            wrong = Checks.candidate(candidate);
        }
        return wrong;
    }

    Decision renew(Command.RenewTasks renew) {
        String wrong = Checks.first(
                Checks.range("holds", renew.holds().size(), 0, Bounds.HOLDS),
                Checks.duration("ttl", renew.ttlMillis(), Bounds.LONGEST_TTL_MILLIS));
        if (wrong != null) {
            return Decision.reject(Reason.INVALID, wrong);
        }
        List<Event> events = new ArrayList<>();
        List<Answer.TaskRenewal> renewals = new ArrayList<>();
        for (Command.TaskHold hold : renew.holds()) {
            renewals.add(renew(hold, renew.ttlMillis(), events));
        }
        return new Decision(events, new Answer.TasksRenewed(renewals));
    }

    private Answer.TaskRenewal renew(Command.TaskHold hold, long ttlMillis, List<Event> events) {
        Grant grant = find(hold);
        Session session = grant == null ? null : state.sessions.get(hold.session());
        if (grant == null || session == null) {
            return new Answer.TaskRenewal(hold.task(), null, stale(hold));
        }
        Rejection unfit = Fitness.mayReceive(state, session);
        if (unfit != null) {
            return new Answer.TaskRenewal(hold.task(), null, unfit);
        }
        long ttl = ttlMillis == 0 ? grant.ttl() : ttlMillis;
        long deadline = state.now() + ttl;
        events.add(new Event.GrantRenewed(grant, deadline, ttl));
        return new Answer.TaskRenewal(hold.task(), views.grant(grant.until(deadline, ttl), session), null);
    }

    Decision release(Command.ReleaseTasks release) {
        if (release.holds().size() > Bounds.HOLDS) {
            return Decision.reject(Reason.INVALID, "at most " + Bounds.HOLDS + " holds");
        }
        TreeSet<Long> done = new TreeSet<>();
        List<Event> events = new ArrayList<>();
        for (Command.TaskHold hold : release.holds()) {
            Grant grant = find(hold);
            if (grant != null && done.add(grant.token())) {
                boolean calledOff = hold.outcome() == TaskOutcome.CANCELLED;
                events.add(new Event.GrantEnded(grant, calledOff ? EndReason.CANCELLED : EndReason.RELEASED));
                if (hold.outcome() != TaskOutcome.NONE && !calledOff) {
                    long millis = state.now() - grant.since();
                    events.add(new Event.OutcomeCounted(hold.session(), hold.outcome(), millis));
                }
            }
        }
        return new Decision(events, new Answer.TasksReleased(done.size()));
    }

    private @Nullable Grant find(Command.TaskHold hold) {
        Grant grant = state.grants.get(TaskNames.key(hold.task(), hold.session()));
        return grant != null && grant.token() == hold.token() ? grant : null;
    }

    private Rejection stale(Command.TaskHold hold) {
        Grant present = state.firstOf(Kind.CLAIM, TaskNames.claim(hold.task()));
        return new Rejection(
                Reason.STALE_TOKEN,
                "token " + hold.token() + " is not the current one of task " + hold.task(),
                present == null ? null : views.grant(present).holder());
    }
}

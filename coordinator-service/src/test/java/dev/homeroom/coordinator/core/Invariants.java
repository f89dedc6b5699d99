package dev.homeroom.coordinator.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What must hold after every entry; remembers what it needs of the past. Answers what is broken, by name. For entries of
 * one command each.
 */
final class Invariants {
    private final Map<Long, Grant> before = new HashMap<>();
    private final Map<String, Session> sessionsBefore = new HashMap<>();
    private final Map<String, Integer> usedBefore = new HashMap<>();
    private final Map<String, Answer> answers = new HashMap<>();
    private Cursor read = Cursor.START;
    private long lastToken;

    List<String> check(State state) {
        List<String> broken = new ArrayList<>();
        capacity(state, broken);
        leases(state, broken);
        history(state, broken);
        derived(state, broken);
        PlanInvariants.check(state, broken);
        before.clear();
        state.grants(grant -> before.put(grant.token(), grant));
        sessionsBefore.clear();
        state.sessions(session -> sessionsBefore.put(session.id(), session));
        return broken;
    }

    /** More than the capacity only where it was lowered, and never a permit more then. */
    private void capacity(State state, List<String> broken) {
        Map<String, Integer> used = used(state);
        used.forEach((resource, count) -> {
            int capacity = 1;
            if (resource.startsWith("limit:")) {
                Limit limit = state.limits.get(resource.substring("limit:".length()));
                capacity = limit == null ? 0 : limit.capacity(state.settings());
            }
            if (count > Math.max(capacity, usedBefore.getOrDefault(resource, 0))) {
                broken.add("at most capacity holders: " + resource);
            }
        });
        usedBefore.clear();
        used.forEach((resource, count) -> {
            if (resource.startsWith("limit:")) {
                usedBefore.put(resource, count);
            }
        });
    }

    private static Map<String, Integer> used(State state) {
        Map<String, Integer> used = new HashMap<>();
        state.grants(grant -> {
            used.merge(grant.key().kind().label() + ":" + grant.key().name(), 1, Integer::sum);
            grant.limits().forEach(limit -> used.merge("limit:" + limit, 1, Integer::sum));
        });
        return used;
    }

    private static void leases(State state, List<String> broken) {
        state.grants(grant -> {
            Session session = state.sessions.get(grant.key().session());
            if (session == null || !session.live() || session.incarnation() != grant.incarnation()) {
                broken.add("no grant without a live session: " + grant.key());
            } else if (grant.since() == state.now() && session.life().deadline() <= state.now()) {
                broken.add("no grant on a lease that is over: " + grant.key());
            }
        });
    }

    private void history(State state, List<String> broken) {
        for (Published published : state.backlog(read, Integer.MAX_VALUE)) {
            read = published.at();
            switch (published.change()) {
                case Change.OfGrant grant
                when grant.reason() == null -> {
                    if (grant.token() <= lastToken) {
                        broken.add("tokens strictly increasing: " + grant.token());
                    }
                    lastToken = grant.token();
                }
                case Change.OfGrant grant
                when grant.reason() == EndReason.EXPIRED -> {
                    Grant was = before.get(grant.token());
                    if (was == null || was.deadline() > state.now()) {
                        broken.add("no expiry before the deadline: " + grant.token());
                    }
                }
                case Change.OfGrant grant
                when grant.reason() == EndReason.UNCONFIRMED && TaskNames.isTask(grant.kind(), grant.name()) -> {
                    Grant was = before.get(grant.token());
                    Provision provision = was == null ? null : was.extras().provision();
                    if (provision == null || !provision.pushed() || provision.until() > state.now()) {
                        broken.add("no pushed task taken back before its time: " + grant.token());
                    }
                }
                case Change.OfSession session
                when session.reason() == EndReason.SESSION_FAILED -> {
                    Session was = sessionsBefore.get(session.session());
                    if (was == null || was.life().deadline() > state.now()) {
                        broken.add("no failure before the lease is over: " + session.session());
                    }
                }
                default -> {}
            }
        }
    }

    private static void derived(State state, List<String> broken) {
        Map<String, int[]> counts = new HashMap<>();
        state.grants(grant -> {
            int[] count = counts.computeIfAbsent(grant.key().session(), id -> new int[2]);
            count[0]++;
            count[1] += TaskNames.isTask(grant.key()) ? 1 : 0;
            boolean known =
                    Objects.equals(state.held.get(new Due.Held(grant.key().session(), grant.token())), grant.key())
                            && Objects.equals(
                                    state.deadlines.get(new Due.OfGrant(grant.checkAt(), grant.token())), grant.key());
            if (!known || grant.checkAt() > grant.deadline()) {
                broken.add("every grant in its indexes: " + grant.key());
            }
        });
        int[] live = new int[1];
        state.sessions(session -> {
            int[] count = counts.getOrDefault(session.id(), new int[2]);
            if (count[0] != session.grants() || count[1] != session.tasks()) {
                broken.add("holdings counted: " + session.id());
            }
            live[0] += session.live() ? 1 : 0;
            Due.OfSession lease = new Due.OfSession(session.life().checkAt(), session.id());
            Due.OfSession end = new Due.OfSession(session.endedAt(), session.id());
            if (session.live() != (state.leases.get(lease) != null)
                    || session.live() == (state.ended.get(end) != null)) {
                broken.add("every lease and end in its index: " + session.id());
            }
        });
        boolean sizes = state.leases.size() == live[0]
                && state.ended.size() == state.sessions.size() - live[0]
                && state.held.size() == state.grants.size()
                && state.deadlines.size() == state.grants.size();
        Map<String, Integer> used = used(state);
        state.limits(limit -> {
            if (limit.used() != used.getOrDefault("limit:" + limit.key(), 0)) {
                broken.add("permits counted: " + limit.key());
            }
        });
        if (!sizes) {
            broken.add("indexes hold nothing else");
        }
    }

    /** A seq has one answer: a retry gets the first, or is refused without being executed. */
    List<String> answered(Command command, Answer answer) {
        if (!(command instanceof Command.OfSession own) || own.request().seq() == 0) {
            return List.of();
        }
        return answered(own.session(), own.incarnation(), own.request().seq(), answer, lastTry(command));
    }

    /** The same of the answer that ends a wait; one that was undone may be another the next time. */
    List<String> answered(Waiter waiter, Answer answer) {
        return waiter.seq() == 0
                ? List.of()
                : answered(waiter.session(), waiter.incarnation(), waiter.seq(), answer, waiter.lastTry());
    }

    /** The same of a wait that ended in the entry in which it began. */
    List<String> ended(Command command, Answer answer) {
        return command instanceof Command.OfSession own && own.request().seq() > 0
                ? answered(own.session(), own.incarnation(), own.request().seq(), answer, lastTry(command))
                : List.of();
    }

    /** The grant of a numbered request ended without having been confirmed: it may be executed again. */
    void undone(Grant grant) {
        Provision provision = grant.extras().provision();
        if (provision != null) {
            answers.remove(request(grant.key().session(), grant.incarnation(), provision.seq()));
        }
    }

    private static boolean lastTry(Command command) {
        return switch (command) {
            case Command.Acquire acquire -> acquire.terms().lastTry();
            case Command.AcquireAll acquire -> acquire.terms().lastTry();
            default -> true;
        };
    }

    private static String request(String session, long incarnation, long seq) {
        return session + "/" + incarnation + "/" + seq;
    }

    private List<String> answered(String session, long incarnation, long seq, Answer answer, boolean lastTry) {
        if (answer instanceof Answer.Rejected(Rejection rejection)) {
            switch (rejection.reason()) {
                // A request of another kind under the seq of one that waits is INVALID, and not executed.
                case REQUEST_TOO_OLD, SESSION_ENDED, STALE_INCARNATION, UNKNOWN_SESSION, TOO_MANY, INVALID -> {
                    return List.of();
                }
                default -> {}
            }
        }
        String request = request(session, incarnation, seq);
        boolean open = switch (answer) {
            case Answer.TasksClaimed claimed -> claimed.grants().isEmpty();
            case Answer.Waiting _ -> true;
            case Answer.Rejected(Rejection rejection) -> rejection.reason() == Rejection.Reason.HELD && !lastTry;
            default -> false;
        };
        // What is not kept may not follow an answer that was.
        if (open && !answers.containsKey(request)) {
            return List.of();
        }
        Answer first = answers.putIfAbsent(request, answer.later(Long.MAX_VALUE / 2));
        return first == null || first.equals(answer.later(Long.MAX_VALUE / 2))
                ? List.of()
                : List.of("a seq has one answer: " + request + ", not " + first + " and " + answer);
    }
}

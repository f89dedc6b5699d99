package dev.homeroom.coordinator.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One claim being decided: what it has granted so far, and the permits that takes. All or nothing per task. */
final class ClaimRound {
    private final State state;
    private final Session session;
    private final long ttlMillis;
    private final List<Grant> grants = new ArrayList<>();
    private final TreeSet<String> tasks = new TreeSet<>();
    private final TreeSet<String> exhausted = new TreeSet<>();
    private final Map<String, Integer> taken = new TreeMap<>();
    private final Queues queues;

    ClaimRound(State state, Session session, long ttlMillis) {
        this.state = state;
        this.session = session;
        this.ttlMillis = ttlMillis;
        this.queues = new Queues(state);
    }

    List<Grant> grants() {
        return grants;
    }

    Set<String> exhausted() {
        return exhausted;
    }

    /** Grants the first so many that can be had. */
    void take(List<Command.Candidate> candidates, int count) {
        for (Command.Candidate candidate : candidates) {
            if (grants.size() == count) {
                return;
            }
            consider(candidate);
        }
    }

    /** Grants the task unless it is held, by whomever, or a permit it needs is not left. */
    private void consider(Command.Candidate candidate) {
        GrantKey key = TaskNames.key(candidate.task(), session.id());
        if (state.firstOf(key.kind(), key.name()) != null || tasks.contains(candidate.task())) {
            return;
        }
        List<String> limits = candidate.limits().stream().distinct().sorted().toList();
        boolean room = true;
        for (String limit : limits) {
            // Those who wait for a permit were first.
            if (!Room.forLimit(state, limit)
                    || Room.ofLimit(state, limit) <= taken.getOrDefault(limit, 0)
                    || queues.awaited(Kind.LIMIT, limit)) {
                exhausted.add(limit);
                room = false;
            }
        }
        if (!room) {
            return;
        }
        limits.forEach(limit -> taken.merge(limit, 1, Integer::sum));
        tasks.add(candidate.task());
        long token = state.head.token() + 1 + grants.size();
        grants.add(GrantDecisions.make(state, session, key, token, ttlMillis, limits));
    }
}

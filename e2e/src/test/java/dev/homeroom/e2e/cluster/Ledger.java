package dev.homeroom.e2e.cluster;

import dev.homeroom.e2e.linearizable.GrantModel.Input;
import dev.homeroom.e2e.linearizable.GrantModel.Output;
import dev.homeroom.e2e.linearizable.History;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What all clients of a run saw: the history, how far they came, and what must never happen but did. Thread-safe. */
final class Ledger {
    private static final int MOST_VIOLATIONS = 50;

    private final History<Input, Output> history = new History<>(System::nanoTime);
    private final AtomicLong acknowledged = new AtomicLong();
    private final LongAdder looks = new LongAdder();
    private final LongAdder unanswered = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private final LongAdder defects = new LongAdder();
    private final ConcurrentMap<Long, String> owners = new ConcurrentHashMap<>();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();

    History<Input, Output> history() {
        return history;
    }

    /** A change was acknowledged. */
    void acknowledged() {
        acknowledged.incrementAndGet();
    }

    long acknowledgements() {
        return acknowledged.get();
    }

    void looked() {
        looks.increment();
    }

    /** A client gave up on a change, which may yet happen. */
    void gaveUp() {
        unanswered.increment();
    }

    /** A client sent a request again. */
    void repeated() {
        repeated.increment();
    }

    /** A reply came; {@code internal} ones are counted: a fault is no excuse for a defect. */
    void replied(Door.Reply reply) {
        if (reply.problem().equals("internal")) {
            defects.increment();
        }
    }

    /** A token was given to an owner: never to two, whatever the resources. */
    void granted(long token, String resource, String session) {
        String owner = resource + " of " + session;
        String before = owners.putIfAbsent(token, owner);
        if (before != null && !before.equals(owner)) {
            violated("token " + token + " was given to " + before + " and to " + owner);
        }
    }

    void violated(String what) {
        if (violations.size() < MOST_VIOLATIONS) {
            violations.add(what);
        }
    }

    Queue<String> violations() {
        return violations;
    }

    Map<String, Long> figures() {
        return Map.of(
                "changes acknowledged", acknowledged.get(),
                "changes without an answer", unanswered.sum(),
                "requests sent again", repeated.sum(),
                "internal errors", defects.sum(),
                "looks", looks.sum(),
                "tokens", (long) owners.size());
    }
}

package dev.homeroom.e2e.queue;

import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What all clients of a run were told, and what must never happen but did. Thread-safe. */
final class TaskLedger {
    private static final int MOST_VIOLATIONS = 50;
    private static final int MOST_NEWEST = 100;

    /** A right to a task. */
    record Right(String task, long token) {}

    /**
     * An end of an attempt as its holder asked for it.
     *
     * @param words the result, or the reason; what no other request says
     */
    record Finish(Right right, String session, Ending ending, String words) {}

    /** A finish that was acknowledged, and as which step of its task. */
    record Done(Finish finish, int version) {}

    private final Set<String> tried = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<String, String> enqueued = new ConcurrentHashMap<>();
    private final ConcurrentMap<Long, String> owners = new ConcurrentHashMap<>();
    private final ConcurrentMap<Right, String> claims = new ConcurrentHashMap<>();
    private final ConcurrentMap<Right, Done> done = new ConcurrentHashMap<>();
    private final Set<Finish> refused = ConcurrentHashMap.newKeySet();
    private final Set<String> cancelled = ConcurrentHashMap.newKeySet();
    private final Deque<String> newest = new ConcurrentLinkedDeque<>();
    private final AtomicLong acknowledged = new AtomicLong();
    private final ConcurrentMap<String, LongAdder> figures = new ConcurrentHashMap<>();
    private final Queue<String> violations = new ConcurrentLinkedQueue<>();

    /** A request with this idempotency key will be sent. */
    void tries(String key) {
        tried.add(key);
    }

    /** The key was acknowledged with this task: the same for ever. */
    void enqueued(String key, String task) {
        String before = enqueued.putIfAbsent(key, task);
        if (before == null) {
            acknowledged.incrementAndGet();
            newest.addFirst(task);
            if (enqueued.size() > MOST_NEWEST) {
                newest.pollLast();
            }
        } else if (!before.equals(task)) {
            violated("key " + key + " stands for task " + before + " and for " + task);
        }
    }

    /** The session was told that it holds the task. */
    void claimed(Right right, String session) {
        String owner = right.task() + " of " + session;
        String before = owners.putIfAbsent(right.token(), owner);
        if (before != null && !before.equals(owner)) {
            violated("token " + right.token() + " was given to " + before + " and to " + owner);
        }
        if (claims.putIfAbsent(right, session) == null) {
            acknowledged.incrementAndGet();
        }
    }

    /** The finish was acknowledged: no other one with this token can be. */
    void finished(Finish finish, int version) {
        Done fresh = new Done(finish, version);
        Done before = done.putIfAbsent(finish.right(), fresh);
        if (before == null) {
            acknowledged.incrementAndGet();
        } else if (!before.equals(fresh)) {
            violated("acknowledged was " + before + ", and then " + fresh);
        }
        if (refused.contains(finish)) {
            violated("refused as stale and acknowledged: " + finish);
        }
    }

    /** The finish was refused because of its token: it never happened, and never will. */
    void refused(Finish finish) {
        refused.add(finish);
        count("stale tokens");
        Done before = done.get(finish.right());
        if (before != null && before.finish().equals(finish)) {
            violated("acknowledged and then refused as stale: " + before);
        }
    }

    /** An operator was told that the task is called off. */
    void cancelled(String task) {
        if (cancelled.add(task)) {
            acknowledged.incrementAndGet();
        }
    }

    /** Some of the last tasks that were enqueued. */
    List<String> newest() {
        return List.copyOf(newest);
    }

    long acknowledgements() {
        return acknowledged.get();
    }

    void count(String what) {
        figures.computeIfAbsent(what, _ -> new LongAdder()).increment();
    }

    void violated(String what) {
        if (violations.size() < MOST_VIOLATIONS) {
            violations.add(what);
        }
    }

    Queue<String> violations() {
        return violations;
    }

    Set<String> tried() {
        return Set.copyOf(tried);
    }

    Map<String, String> enqueued() {
        return Map.copyOf(enqueued);
    }

    Map<Right, String> claims() {
        return Map.copyOf(claims);
    }

    Map<Right, Done> finishes() {
        return Map.copyOf(done);
    }

    Set<Finish> refusals() {
        return Set.copyOf(refused);
    }

    Set<String> cancellations() {
        return Set.copyOf(cancelled);
    }

    long figure(String what) {
        return figures().getOrDefault(what, 0L);
    }

    Map<String, Long> figures() {
        Map<String, Long> all = new TreeMap<>();
        figures.forEach((what, count) -> all.put(what, count.sum()));
        all.put("tasks enqueued", (long) enqueued.size());
        all.put("claims", (long) claims.size());
        all.put("finishes", (long) done.size());
        all.put("cancelled", (long) cancelled.size());
        return all;
    }
}

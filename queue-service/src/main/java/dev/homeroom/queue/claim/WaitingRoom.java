package dev.homeroom.queue.claim;

import dev.homeroom.queue.core.ClaimFilter;
import dev.homeroom.queue.core.QueueException;
import dev.homeroom.queue.core.Rejection;
import dev.homeroom.queue.core.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Claims that wait for work. A task that is enqueued or comes back here wakes the one that waits longest for such; what
 * other replicas enqueue, and what becomes due by time, is found by {@link #tick()}: one scan a filter, however many wait.
 * Safe for concurrent use.
 */
public final class WaitingRoom {
    /** How many claims may wait in one replica. */
    static final int MOST_WAITING = 20_000;

    private static final long LONGER_THAN_ANY = Duration.ofDays(1).toNanos();

    private final ClaimDesk desk;
    private final BiConsumer<Claim, List<Task>> unwanted;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    /** By filter, in the order of arrival. */
    private final Map<ClaimFilter, TreeMap<Long, Waiter>> waiting = new HashMap<>();

    private final FullSessions full = new FullSessions();

    private long arrivals;
    private int size;
    private volatile boolean closed;

    /**
     * @param unwanted takes back what was claimed for somebody who had gone meanwhile
     * @param nanos a monotonic clock, in nanoseconds
     */
    public WaitingRoom(ClaimDesk desk, BiConsumer<Claim, List<Task>> unwanted, LongSupplier nanos) {
        this.desk = desk;
        this.unwanted = unwanted;
        this.nanos = nanos;
    }

    /**
     * Claims now or, when nothing is due, as soon as there is something within {@code wait}; empty after that. Cancelling
     * the future gives the place up.
     */
    public CompletableFuture<List<Task>> claim(Claim claim, Duration wait) {
        long deadline = nanos.getAsLong() + wait.toNanos();
        var answer = new CompletableFuture<List<Task>>();
        settle(desk.take(claim), new Waiter(claim.again(), deadline, answer));
        return answer;
    }

    /** Such a task can be claimed: whoever waits longest for one looks now. */
    public void wake(String type, @Nullable String lesson, List<String> capabilities) {
        var waiter = first(type, lesson, capabilities);
        if (waiter != null) {
            look(waiter);
        }
    }

    /** These sessions hold less than before: those of them that were full look now. */
    public void freed(Set<String> sessions) {
        full.freed(sessions).forEach(this::look);
    }

    /** Ends what has waited long enough, and looks for those who still wait. */
    public void tick() {
        if (size() == 0) {
            var _ = desk.refreshed();
            return;
        }
        expired().forEach(waiter -> waiter.answer().complete(List.of()));
        full.due(nanos.getAsLong()).forEach(this::look);
        desk.refreshed().thenRun(this::look);
    }

    private void look() {
        for (var filter : filters().entrySet()) {
            int limit = Math.min(filter.getValue(), ClaimRound.MOST_SCANNED);
            desk.due(filter.getKey(), limit).thenAccept(due -> {
                for (var waiter : first(filter.getKey(), due)) {
                    look(waiter);
                }
            });
        }
    }

    /**
     * Waiting is over, for those who wait and for those who come: they get what there is at once, or nothing, as if their
     * time had passed. For a replica that stops: who still wants something asks another one.
     */
    public void close() {
        closed = true;
        expired().forEach(waiter -> waiter.answer().complete(List.of()));
    }

    /** How many claims wait. */
    public int size() {
        lock.lock();
        try {
            return size + full.size();
        } finally {
            lock.unlock();
        }
    }

    /** How many claims wait in this replica, by what they take. */
    public Map<ClaimFilter, Integer> asking() {
        return filters();
    }

    private void look(Waiter waiter) {
        settle(desk.take(waiter.claim()), waiter);
    }

    private void settle(CompletionStage<Taken> claimed, Waiter waiter) {
        claimed.whenComplete((taken, failure) -> {
            if (failure != null) {
                waiter.answer().completeExceptionally(failure);
                return;
            }
            var tasks = taken.tasks();
            if (!tasks.isEmpty() || closed || nanos.getAsLong() - waiter.deadline() >= 0) {
                if (!waiter.answer().complete(tasks) && !tasks.isEmpty()) {
                    unwanted.accept(waiter.claim(), tasks);
                }
            } else if (!waiter.answer().isDone() && !add(waiter, taken.full())) {
                waiter.answer().completeExceptionally(new QueueException(new Rejection.Overloaded("waiting claims")));
            }
        });
    }

    /** At the end, even after a look that was in vain: a session that cannot take more must not bar those behind it. */
    private boolean add(Waiter waiter, boolean isFull) {
        lock.lock();
        try {
            if (size + full.size() >= MOST_WAITING) {
                return false;
            }
            if (closed) {
                return waiter.answer().complete(List.of());
            }
            if (isFull) {
                full.add(waiter, nanos.getAsLong());
                return true;
            }
            size++;
            var claim = desk.applied(waiter.claim());
            waiting.computeIfAbsent(claim.filter(), _ -> new TreeMap<>()).put(++arrivals, waiter.with(claim));
            return true;
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Waiter first(String type, @Nullable String lesson, List<String> capabilities) {
        lock.lock();
        try {
            TreeMap<Long, Waiter> best = null;
            for (var one : waiting.entrySet()) {
                boolean earlier = best == null || one.getValue().firstKey() < best.firstKey();
                if (one.getKey().takes(type, lesson, capabilities) && earlier) {
                    best = one.getValue();
                }
            }
            return best == null ? null : remove(best);
        } finally {
            lock.unlock();
        }
    }

    private List<Waiter> first(ClaimFilter filter, int count) {
        lock.lock();
        try {
            var found = new ArrayList<Waiter>();
            var of = waiting.get(filter);
            while (of != null && found.size() < count && !of.isEmpty()) {
                found.add(remove(of));
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    private Waiter remove(NavigableMap<Long, Waiter> from) {
        var waiter = from.pollFirstEntry().getValue();
        size--;
        if (from.isEmpty()) {
            waiting.remove(waiter.claim().filter());
        }
        return waiter;
    }

    private List<Waiter> expired() {
        lock.lock();
        try {
            long now = nanos.getAsLong() + (closed ? LONGER_THAN_ANY : 0);
            var over = new ArrayList<Waiter>();
            var fullOver = full.expired(now);
            for (var of : waiting.values()) {
                of.values().removeIf(waiter -> waiter.over(now) && over.add(waiter));
            }
            size -= over.size();
            over.addAll(fullOver);
            waiting.values().removeIf(TreeMap::isEmpty);
            return over;
        } finally {
            lock.unlock();
        }
    }

    private Map<ClaimFilter, Integer> filters() {
        lock.lock();
        try {
            var sizes = new HashMap<ClaimFilter, Integer>();
            waiting.forEach((filter, of) -> sizes.put(filter, of.size()));
            return sizes;
        } finally {
            lock.unlock();
        }
    }
}

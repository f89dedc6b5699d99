package dev.homeroom.queue.finish;

import dev.homeroom.queue.core.GrantAuthority;
import dev.homeroom.queue.core.Hold;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Gives claims back to the coordinator after the rows have decided. Nobody waits for it: what is lost here (a crash, a full
 * box, a coordinator away for long) is found by the sweep. One call is under way at a time; what gathers meanwhile, and for
 * a few milliseconds after it, rides with the next, which leaves at once when claims go to the coordinator anyway. Safe for
 * concurrent use.
 */
public final class Releases {
    /** Holds that may wait; a hundred bytes each. Above it the oldest are left to the sweep. */
    static final int MOST_WAITING = 50_000;

    /** Between a call that worked and the next. */
    private static final Duration GATHER = Duration.ofMillis(5);

    private static final long SHORTEST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final GrantAuthority authority;
    private final Consumer<List<Hold>> released;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Hold> waiting = new ArrayDeque<>();
    private final Condition emptied = lock.newCondition();
    private boolean calling;
    /** Behind a call: whatever comes waits for the next. */
    private boolean resting;

    private int failures;

    /** Tells {@code released} what the coordinator let go: it can be claimed again. */
    public Releases(GrantAuthority authority, Consumer<List<Hold>> released) {
        this.authority = authority;
        this.released = released;
    }

    /** Gives this claim back soon. */
    public void add(Hold hold) {
        lock.lock();
        try {
            if (waiting.size() >= MOST_WAITING) {
                waiting.removeFirst();
            }
            waiting.addLast(hold);
        } finally {
            lock.unlock();
        }
        pump();
    }

    /** How many claims still wait to be given back. */
    public int waiting() {
        lock.lock();
        try {
            return waiting.size() + (calling ? 1 : 0);
        } finally {
            lock.unlock();
        }
    }

    /** A call to the coordinator is about to be made anyway: what waits goes before it, and does not gather any longer. */
    public void hurry() {
        lock.lock();
        try {
            resting = resting && failures > 0;
        } finally {
            lock.unlock();
        }
        pump();
    }

    /** Returns when nothing waits any more; false when the limit passed first. */
    public boolean awaitEmpty(Duration limit) throws InterruptedException {
        lock.lock();
        try {
            long left = limit.toNanos();
            while (calling || !waiting.isEmpty()) {
                if (left <= 0) {
                    return false;
                }
                left = emptied.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void pump() {
        List<Hold> set;
        lock.lock();
        try {
            if (calling || resting || waiting.isEmpty()) {
                return;
            }
            calling = true;
            set = new ArrayList<>(Math.min(waiting.size(), GrantAuthority.MAX_ITEMS));
            while (set.size() < GrantAuthority.MAX_ITEMS && !waiting.isEmpty()) {
                set.add(waiting.removeFirst());
            }
        } finally {
            lock.unlock();
        }
        release(set).whenComplete((_, failure) -> done(set, failure == null));
    }

    private CompletionStage<Integer> release(List<Hold> set) {
        try {
            return authority.release(set);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void done(List<Hold> set, boolean worked) {
        Duration pause;
        lock.lock();
        try {
            failures = worked ? 0 : Math.min(failures + 1, 10);
            pause = worked ? GATHER : pause(failures);
            for (int i = set.size() - 1; !worked && i >= 0 && waiting.size() < MOST_WAITING; i--) {
                waiting.addFirst(set.get(i));
            }
            calling = false;
            resting = true;
            emptied.signalAll();
        } finally {
            lock.unlock();
        }
        CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
                .execute(this::rested);
        if (worked) {
            released.accept(set);
        }
    }

    private void rested() {
        lock.lock();
        try {
            resting = false;
        } finally {
            lock.unlock();
        }
        pump();
    }

    private static Duration pause(int failures) {
        return Duration.ofMillis(Math.min(LONGEST_PAUSE_MILLIS, SHORTEST_PAUSE_MILLIS << Math.min(failures, 7)));
    }
}

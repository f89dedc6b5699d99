package dev.homeroom.client.limit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;

/** One key of a {@link KeyedLimiter}: counts who is in, and lets those who wait in one after the other. */
final class Gate {
    /** Holders and waiters; changed inside the map's own exclusion only. The key goes when it is 0. */
    int users;

    private final IntSupplier limit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Condition> waiters = new ArrayDeque<>();
    private int used;

    Gate(IntSupplier limit) {
        this.limit = limit;
    }

    boolean enter(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (waiters.isEmpty() && isFree()) {
                used++;
                return true;
            }
            return nanos > 0 && enterInTurn(nanos);
        } finally {
            lock.unlock();
        }
    }

    private boolean enterInTurn(long nanos) throws InterruptedException {
        Condition me = lock.newCondition();
        waiters.addLast(me);
        long left = nanos;
        try {
            while (waiters.peekFirst() != me || !isFree()) {
                if (left <= 0) {
                    return false;
                }
                left = me.awaitNanos(left);
            }
            used++;
            return true;
        } finally {
            waiters.remove(me);
            // Whether it got in or went away, the next may have become the first with room left.
            wakeFirst();
        }
    }

    void leave() {
        lock.lock();
        try {
            used--;
            wakeFirst();
        } finally {
            lock.unlock();
        }
    }

    void wake() {
        lock.lock();
        try {
            wakeFirst();
        } finally {
            lock.unlock();
        }
    }

    int used() {
        lock.lock();
        try {
            return used;
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return waiters.size();
        } finally {
            lock.unlock();
        }
    }

    private boolean isFree() {
        return used < limit.getAsInt();
    }

    private void wakeFirst() {
        Condition first = waiters.peekFirst();
        if (first != null && isFree()) {
            first.signal();
        }
    }
}

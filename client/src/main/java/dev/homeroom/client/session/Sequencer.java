package dev.homeroom.client.session;

import java.time.Duration;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The numbers of the requests of one session incarnation: each gets a {@code seq} of its own and keeps it until its
 * outcome is known, and the lowest open one tells the coordinator which answers it may forget. Thread-safe.
 */
public final class Sequencer {
    /** How far a seq may be ahead of the lowest open one: the coordinator keeps so many answers (its {@code Bounds}). */
    public static final int IN_FLIGHT = 256;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private final TreeSet<Long> open = new TreeSet<>();
    private long last;

    /** Starts at 1. */
    public Sequencer() {}

    /**
     * The next number. Waits when it would be {@value #IN_FLIGHT} ahead of the lowest open one.
     *
     * @throws IllegalStateException when that lasts longer than {@code atMost}
     */
    public Turn begin(Duration atMost) throws InterruptedException {
        long left = atMost.toNanos();
        lock.lockInterruptibly();
        try {
            while (last + 1 - lowest() >= IN_FLIGHT) {
                if (left <= 0) {
                    throw new IllegalStateException("Request " + lowest() + " of this session has had no answer while "
                            + (IN_FLIGHT - 1) + " later ones were sent; wait for some before sending more.");
                }
                left = moved.awaitNanos(left);
            }
            last++;
            open.add(last);
            return new Turn(last);
        } finally {
            lock.unlock();
        }
    }

    /** The lowest open number; when none is open, the next one. */
    public long unanswered() {
        lock.lock();
        try {
            return lowest();
        } finally {
            lock.unlock();
        }
    }

    private long lowest() {
        return open.isEmpty() ? last + 1 : open.first();
    }

    private void settle(long seq) {
        lock.lock();
        try {
            open.remove(seq);
            moved.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** A number in use. */
    public final class Turn implements AutoCloseable {
        private final long seq;

        private Turn(long seq) {
            this.seq = seq;
        }

        /** The number. */
        public long seq() {
            return seq;
        }

        /** Its outcome is known, or will never be asked for again; a second call does nothing. */
        @Override
        public void close() {
            settle(seq);
        }
    }
}

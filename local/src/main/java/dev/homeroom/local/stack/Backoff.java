package dev.homeroom.local.stack;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** How long to wait before a part that died is started again: 0.25 s, doubling up to 8 s; six deaths in two minutes end it. */
final class Backoff {
    private static final Duration WINDOW = Duration.ofMinutes(2);
    private static final int MOST = 6;
    private static final long FIRST_MILLIS = 250;
    private static final long LONGEST_MILLIS = 8000;

    private final Deque<Long> deaths = new ArrayDeque<>();
    private boolean used;

    /** Counts a death; false when there were too many. */
    synchronized boolean next() {
        return next(System.nanoTime());
    }

    synchronized boolean next(long nowNanos) {
        used = true;
        while (!deaths.isEmpty() && nowNanos - deaths.peekFirst() > WINDOW.toNanos()) {
            deaths.removeFirst();
        }
        deaths.addLast(nowNanos);
        return deaths.size() < MOST;
    }

    /** The pause after the last death. */
    synchronized Duration pause() {
        int doublings = Math.max(0, deaths.size() - 1);
        return Duration.ofMillis(Math.min(LONGEST_MILLIS, FIRST_MILLIS << doublings));
    }

    /** Whether the part never died. */
    synchronized boolean isUnused() {
        return !used;
    }
}

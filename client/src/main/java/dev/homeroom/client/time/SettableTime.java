package dev.homeroom.client.time;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Time that passes only when told, for tests: {@link #advance} runs every alarm that becomes due, in order, on the calling
 * thread, and waiting lets the time pass at once. So nothing sleeps and every run is the same. Thread-safe; alarms run
 * outside its lock.
 */
public final class SettableTime implements Time {
    private record Due(long at, long order, Runnable task) {}

    private final PriorityQueue<Due> alarms =
            new PriorityQueue<>(Comparator.comparingLong(Due::at).thenComparingLong(Due::order));
    private final Instant start;
    private long nanos;
    private long order;

    /** Starts at this wall time, with the monotonic clock at 0. */
    public SettableTime(Instant start) {
        this.start = start;
    }

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public synchronized Instant instant() {
        return start.plusNanos(nanos);
    }

    @Override
    public synchronized Alarm after(Duration delay, Runnable task) {
        Due due = new Due(nanos + Math.max(0, delay.toNanos()), order++, task);
        alarms.add(due);
        return () -> cancel(due);
    }

    private synchronized void cancel(Due due) {
        alarms.remove(due);
    }

    /** Lets the time pass; returns at once when the signal is there. */
    @Override
    public boolean await(CountDownLatch signal, Duration atMost) {
        if (signal.getCount() > 0) {
            advance(atMost.isNegative() ? Duration.ZERO : atMost);
        }
        return signal.getCount() == 0;
    }

    /** Lets so much time pass and runs what becomes due, each at its own time. */
    public void advance(Duration length) {
        if (length.isNegative()) {
            throw new IllegalArgumentException("Time goes forward only, not by " + length + ".");
        }
        long target = nanos() + length.toNanos();
        for (Due due = next(target); due != null; due = next(target)) {
            due.task().run();
        }
    }

    private synchronized @Nullable Due next(long target) {
        Due due = alarms.peek();
        if (due == null || due.at() > target) {
            nanos = Math.max(nanos, target);
            return null;
        }
        alarms.remove();
        nanos = Math.max(nanos, due.at());
        return due;
    }

    /** How long until the next alarm; empty when none is set. */
    public synchronized Optional<Duration> untilNextAlarm() {
        return Optional.ofNullable(alarms.peek()).map(due -> Duration.ofNanos(Math.max(0, due.at() - nanos)));
    }

    /** How many alarms are set. */
    public synchronized int alarms() {
        return alarms.size();
    }
}

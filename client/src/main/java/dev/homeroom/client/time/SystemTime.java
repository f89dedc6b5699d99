package dev.homeroom.client.time;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Real time: one daemon thread watches all alarms, and each that is due runs on a virtual thread. */
final class SystemTime implements Time {
    static final SystemTime INSTANCE = new SystemTime();

    private final InstantSource wall = InstantSource.system();
    private final ScheduledThreadPoolExecutor alarms;

    private SystemTime() {
        alarms = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("homeroom-alarms").factory());
        // Renewed grants cancel their alarms again and again; without this they would pile up until they are due.
        alarms.setRemoveOnCancelPolicy(true);
    }

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public Instant instant() {
        return wall.instant();
    }

    @Override
    public Alarm after(Duration delay, Runnable task) {
        ScheduledFuture<?> alarm = alarms.schedule(
                () -> Thread.ofVirtual().name("homeroom-alarm").start(task),
                Math.max(0, delay.toNanos()),
                TimeUnit.NANOSECONDS);
        return () -> alarm.cancel(false);
    }

    @Override
    public boolean await(CountDownLatch signal, Duration atMost) throws InterruptedException {
        return signal.await(Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS);
    }
}

package dev.homeroom.local.process;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for a condition of another process, which cannot call us: looks again every 50 ms, up to a limit. */
public final class Await {
    private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

    private Await() {}

    /**
     * Waits until the condition holds.
     *
     * @return false when the limit passed first
     * @throws IllegalStateException when the waiting thread is interrupted
     */
    public static boolean until(Duration limit, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > limit.toNanos()) {
                return false;
            }
            if (Thread.interrupted()) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }
}

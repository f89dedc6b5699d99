package dev.homeroom.bench.load;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Callers that each begin their next turn when the last one ended. No thread per caller: turns end on the threads of the
 * client library. For one run.
 */
public final class ClosedLoop {
    /** A caller whose turn failed pauses: a server that refuses must not be asked in a hot loop. */
    private static final long PAUSE_MILLIS = 5;
    /** How long open turns are waited for at the end. */
    private static final Duration DRAIN = Duration.ofSeconds(15);

    private final Step step;
    private final ScheduledExecutorService timer;
    private final Histogram whole = new Histogram();
    private final Histogram parts = new Histogram();
    private final AtomicLong failures = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> firstFailure = new AtomicReference<>();
    private final AtomicInteger open = new AtomicInteger();
    private volatile boolean measuring;
    private volatile boolean stopped;

    private ClosedLoop(Step step, ScheduledExecutorService timer) {
        this.step = step;
        this.timer = timer;
    }

    /**
     * Runs the callers through a warm-up and a measured time.
     *
     * @param meter read at the beginning and the end of the measured time
     * @param timer restarts callers that failed; short tasks only
     */
    public static Measured run(
            Step step, int callers, Duration warmUp, Duration time, Meter meter, ScheduledExecutorService timer) {
        return new ClosedLoop(step, timer).run(callers, warmUp, time, meter);
    }

    private Measured run(int callers, Duration warmUp, Duration time, Meter meter) {
        open.set(callers);
        for (int i = 0; i < callers; i++) {
            new Caller(i).next();
        }
        LockSupport.parkNanos(warmUp.toNanos());
        Map<String, Double> before = meter.read();
        long start = System.nanoTime();
        measuring = true;
        sleep(time);
        measuring = false;
        long nanos = System.nanoTime() - start;
        Map<String, Double> after = meter.read();
        stopped = true;
        long drained = System.nanoTime() + DRAIN.toNanos();
        while (open.get() > 0 && System.nanoTime() < drained) {
            LockSupport.parkNanos(1_000_000);
        }
        return new Measured(whole, parts, failures.get(), firstFailure.get(), nanos, Meter.between(before, after));
    }

    private static void sleep(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    /** One caller. {@link #work} lets a turn that ends on the spot begin the next one without deepening the stack. */
    private final class Caller implements Step.Done {
        private final int id;
        private final AtomicInteger work = new AtomicInteger();
        private volatile long started;

        Caller(int id) {
            this.id = id;
        }

        void next() {
            if (work.getAndIncrement() != 0) {
                return;
            }
            do {
                if (stopped) {
                    open.decrementAndGet();
                    return;
                }
                started = System.nanoTime();
                step.run(id, this);
            } while (work.decrementAndGet() != 0);
        }

        @Override
        public void ok() {
            if (measuring) {
                whole.record(System.nanoTime() - started);
            }
            next();
        }

        @Override
        public void part() {
            if (measuring) {
                parts.record(System.nanoTime() - started);
            }
        }

        @Override
        public void failed(Throwable failure) {
            firstFailure.compareAndSet(null, failure);
            if (measuring) {
                failures.incrementAndGet();
            }
            var unused = timer.schedule(this::next, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }
}

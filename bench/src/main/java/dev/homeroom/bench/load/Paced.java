package dev.homeroom.bench.load;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Begins turns at a fixed rate, whether earlier ones have ended or not; latency counts from when a turn was due. */
public final class Paced {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private final Histogram latencies = new Histogram();
    private final AtomicLong failures = new AtomicLong();
    private final Step step;
    private final int callers;
    private final int perSecond;

    /** Callers take turns. */
    public Paced(Step step, int callers, int perSecond) {
        this.step = step;
        this.callers = callers;
        this.perSecond = perSecond;
    }

    /** Runs for a time on the calling thread. */
    public Paced run(Duration time) {
        long start = System.nanoTime();
        long turns = time.toNanos() / NANOS_PER_SECOND * perSecond;
        for (long i = 0; i < turns; i++) {
            long due = start + i * NANOS_PER_SECOND / perSecond;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            step.run((int) (i % callers), new Turn(due));
        }
        return this;
    }

    /** From when a turn was due until it ended well. */
    public Histogram latencies() {
        return latencies;
    }

    /** Turns that ended badly. */
    public long failures() {
        return failures.get();
    }

    private final class Turn implements Step.Done {
        private final long due;

        Turn(long due) {
            this.due = due;
        }

        @Override
        public void ok() {
            latencies.record(System.nanoTime() - due);
        }

        @Override
        public void failed(Throwable failure) {
            failures.incrementAndGet();
        }

        @Override
        public void part() {
            // Nothing is measured apart.
        }
    }
}

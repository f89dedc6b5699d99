package dev.homeroom.bench.homeroom;

import dev.homeroom.bench.load.Histogram;
import dev.homeroom.bench.load.Step;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Begins turns at a fixed rate, whether earlier ones have ended or not; latency counts from when a turn was due. */
final class Paced {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    final Histogram latencies = new Histogram();
    final AtomicLong failures = new AtomicLong();
    private final Step step;
    private final int callers;
    private final int perSecond;

    /** Callers take turns. */
    Paced(Step step, int callers, int perSecond) {
        this.step = step;
        this.callers = callers;
        this.perSecond = perSecond;
    }

    /** Runs for a time on the calling thread. */
    Paced run(Duration time) {
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

package dev.homeroom.bench.load;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Ends a turn when all of several requests have ended; failed when one of them did. Thread-safe. */
public final class AllOf implements Step.Done {
    private final AtomicInteger left;
    private final AtomicBoolean bad = new AtomicBoolean();
    private final Step.Done whole;
    private volatile Throwable failure = new IllegalStateException("none failed");

    /** Of {@code count} requests. */
    public AllOf(int count, Step.Done whole) {
        this.left = new AtomicInteger(count);
        this.whole = whole;
    }

    @Override
    public void ok() {
        if (left.decrementAndGet() == 0) {
            if (bad.get()) {
                whole.failed(failure);
            } else {
                whole.ok();
            }
        }
    }

    @Override
    public void failed(Throwable cause) {
        if (bad.compareAndSet(false, true)) {
            failure = cause;
        }
        ok();
    }

    @Override
    public void part() {
        whole.part();
    }
}

package dev.homeroom.metrics.kafka;

import dev.homeroom.metrics.EventSink.NotTaken;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Counts the broker's answers to the events of one request. Thread-safe. */
final class Acknowledgements {
    private final CountDownLatch open;
    private final IntConsumer release;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /**
     * @param events how many answers there will be
     * @param release told of every place that is free again
     */
    Acknowledgements(int events, IntConsumer release) {
        this.open = new CountDownLatch(events);
        this.release = release;
    }

    /** The answer to one event; null when the broker holds it. */
    void one(@Nullable Exception problem) {
        if (problem != null) {
            fail(problem);
        }
        release.accept(1);
        open.countDown();
    }

    /** Remembers the first failure. */
    void fail(Exception problem) {
        failure.compareAndSet(null, problem);
    }

    /** So many events are not sent at all, because others failed. */
    void dropped(int events) {
        release.accept(events);
        for (int i = 0; i < events; i++) {
            open.countDown();
        }
    }

    boolean failed() {
        return failure.get() != null;
    }

    /** Returns when every event is acknowledged. */
    void await(Duration limit) throws NotTaken {
        try {
            if (!open.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new NotTaken("The broker did not confirm in time.", false);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotTaken("The service is stopping.", false);
        }
        Exception problem = failure.get();
        if (problem != null) {
            throw new NotTaken("The broker cannot be reached.", false);
        }
    }
}

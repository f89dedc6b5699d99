package dev.homeroom.bench.homeroom;

import dev.homeroom.bench.load.Channels;
import dev.homeroom.coordinator.v1.CoordinatorGrpc;
import io.grpc.StatusRuntimeException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Writes one after the other through one replica, without pause while that works, and notes when each was committed. */
final class Probe implements AutoCloseable {
    private static final long TRY_MILLIS = 1_000;
    private static final long PAUSE_NANOS = 2_000_000;
    private static final AtomicLong IDS = new AtomicLong();

    private final Channels channels;
    private final Thread thread;
    private final Collection<Committed> committed = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    /** A write by its begin and its answer, in {@link System#nanoTime()}. */
    record Committed(long begun, long answered) {}

    Probe(Channels channels) {
        this.channels = channels;
        this.thread = Thread.ofPlatform().daemon().name("probe").start(this::run);
    }

    private void run() {
        while (!closed) {
            long begun = System.nanoTime();
            try {
                var unused = CoordinatorGrpc.newBlockingStub(channels.of(0))
                        .withDeadlineAfter(TRY_MILLIS, TimeUnit.MILLISECONDS)
                        .registerSession(Agents.request("probe-" + IDS.incrementAndGet() % 1_000, 3_600));
                committed.add(new Committed(begun, System.nanoTime()));
            } catch (StatusRuntimeException e) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    /** What was committed so far. */
    List<Committed> committed() {
        return List.copyOf(committed);
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(2 * TRY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        channels.close();
    }
}

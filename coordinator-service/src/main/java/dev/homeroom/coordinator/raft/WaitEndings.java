package dev.homeroom.coordinator.raft;

import dev.homeroom.coordinator.WaitListener;
import dev.homeroom.coordinator.core.WaitEnd;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Carries the ends of waits from the apply thread to the listeners. Bounded: when listeners do not keep up, what waits is
 * dropped and they are told to ask again. Thread-safe.
 */
final class WaitEndings implements AutoCloseable {
    /** Entries with ends that may wait. */
    static final int QUEUE = 4_096;

    private static final Logger LOG = Logger.getLogger(WaitEndings.class);

    private final List<WaitListener> listeners = new CopyOnWriteArrayList<>();
    private final BlockingQueue<List<WaitEnd>> queue = new ArrayBlockingQueue<>(QUEUE);
    private final AtomicBoolean missed = new AtomicBoolean();
    private final Thread thread;

    WaitEndings(String node) {
        this.thread = Thread.ofPlatform().daemon().name("wait-ends-" + node).start(this::run);
    }

    void listen(WaitListener listener) {
        listeners.add(listener);
    }

    /** On the apply thread: never waits. */
    void ended(List<WaitEnd> ends) {
        if (ends.isEmpty() || listeners.isEmpty()) {
            return;
        }
        if (!queue.offer(ends)) {
            resynced();
        }
    }

    /** Ends were, or will be, missed. */
    void resynced() {
        missed.set(true);
        // An empty list wakes the thread; a full queue does so by itself.
        var unused = queue.offer(List.of());
    }

    private void run() {
        try {
            while (true) {
                List<WaitEnd> ends = queue.take();
                if (missed.compareAndSet(true, false)) {
                    queue.clear();
                    tell(WaitListener::resynced);
                } else if (!ends.isEmpty()) {
                    tell(listener -> listener.ended(ends));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Consumer<WaitListener> what) {
        for (WaitListener listener : listeners) {
            try {
                what.accept(listener);
            } catch (RuntimeException e) {
                LOG.error("A listener of waits failed", e);
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}

package dev.homeroom.coordinator.grpc;

import com.google.protobuf.ByteString;
import dev.homeroom.coordinator.Unanswered;
import dev.homeroom.coordinator.Unanswered.Reason;
import dev.homeroom.coordinator.core.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The way to one other replica: commands that wait while messages are on their way leave together in the next one. No
 * timer, so a single command leaves at once. Bounded: what does not fit is refused. Thread-safe.
 */
final class Lane {
    /** Commands in a message, counted by weight: as many as in a log entry. */
    static final int COMMANDS = 512;
    /** Bytes in a message, unless a single command is larger. */
    static final int BYTES = 1 << 20;
    /** Messages whose replies are awaited: enough to keep the leader's batches full. */
    static final int IN_FLIGHT = 8;
    /** Commands that may wait here. */
    static final int QUEUE = 8_192;

    private final BlockingQueue<Handed> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Semaphore flights = new Semaphore(IN_FLIGHT);
    private final ReentrantLock filling = new ReentrantLock();
    private final Consumer<List<Handed>> sender;
    /** Taken off the queue, but it did not fit; guarded by {@link #filling}. */
    private @Nullable Handed left;

    /**
     * A command on its way.
     *
     * @param bytes as the codec has it
     * @param weight what its answer may weigh: 1, or more for a list
     * @param until {@link System#nanoTime()} after which nobody waits any more
     */
    record Handed(ByteString bytes, int weight, long until, CompletableFuture<Answer> answer) {}

    /** {@code sender} sends a message, never waits, and calls {@link #landed()} once for each. */
    Lane(Consumer<List<Handed>> sender) {
        this.sender = sender;
    }

    /** Hands a command over; its answer fails at once when there is no room. */
    void take(Handed handed) {
        if (!queue.offer(handed)) {
            handed.answer()
                    .completeExceptionally(new Unanswered(
                            Reason.OVERLOADED, QUEUE + " commands wait here for their way to the leader already"));
            return;
        }
        pump();
    }

    /** Sends a message once more as it is, beside those in flight; for what must leave alone, and that is rare. */
    void again(Runnable sending) {
        flights.acquireUninterruptibly();
        sending.run();
    }

    /** The reply of a message has come, or never will. */
    void landed() {
        flights.release();
        pump();
    }

    private void pump() {
        while (!queue.isEmpty() && flights.tryAcquire()) {
            List<Handed> message = fill();
            if (message.isEmpty()) {
                flights.release();
            } else {
                sender.accept(message);
            }
        }
    }

    private List<Handed> fill() {
        List<Handed> message = new ArrayList<>();
        filling.lock();
        try {
            long now = System.nanoTime();
            int weight = 0;
            long bytes = 0;
            for (Handed next = next(); next != null; next = next()) {
                if (next.until() - now < 0) {
                    next.answer()
                            .completeExceptionally(
                                    new Unanswered(Reason.OVERLOADED, "it waited too long and was not sent"));
                    continue;
                }
                weight += next.weight();
                bytes += next.bytes().size();
                if (!message.isEmpty() && (weight > COMMANDS || bytes > BYTES)) {
                    left = next;
                    break;
                }
                message.add(next);
            }
        } finally {
            filling.unlock();
        }
        return message;
    }

    private @Nullable Handed next() {
        Handed first = left;
        left = null;
        return first != null ? first : queue.poll();
    }

    /** A deadline that much from now. */
    static long after(long millis) {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }
}

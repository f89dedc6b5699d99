package dev.homeroom.queue.coalesce;

import dev.homeroom.queue.core.QueueException;
import dev.homeroom.queue.core.Rejection;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns concurrent single requests into few large ones: while a set is under way requests gather, and go when it is done,
 * when they are enough for a set beside it, or when it takes longer than sets do: one that waits for somebody's lock holds up
 * nobody else. An idle queue adds no delay, a busy one gets the throughput of batches. Safe for concurrent use; no thread of
 * its own.
 *
 * @param <T> of the items
 * @param <R> of their answers
 */
public final class Coalescer<T, R> {
    /** A set usually takes a few milliseconds. */
    static final Duration SLOW = Duration.ofMillis(50);

    private record Waiting<T, R>(T item, CompletableFuture<R> answer) {}

    /** What goes together, and when it began. */
    private record Batch<T, R>(Long began, List<Waiting<T, R>> all) {}

    private final String name;
    private final Bounds bounds;
    private final Function<T, Object> key;
    private final Function<List<T>, CompletionStage<List<R>>> flush;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Waiting<T, R>> waiting = new ArrayDeque<>();
    private final LongSupplier nanos;
    private final Executor later;
    /** When the sets under way began. */
    private final ArrayDeque<Long> busy = new ArrayDeque<>();
    /** Whether it is looked again {@link #SLOW} later. */
    private boolean looking;

    /**
     * How much at once.
     *
     * @param batch the most items of one set; beyond 200 a set is no faster (measured)
     * @param slots how many sets are under way at once; two keep a connection and its client both busy (measured)
     * @param beside the fewest items of a set that begins while another is under way: each set has costs of its own, so
     *     few items are better off in the next one (measured)
     * @param waiting how many items may wait; over it they are refused
     */
    public record Bounds(int batch, int slots, int beside, int waiting) {}

    /**
     * Gathers for {@code flush}.
     *
     * @param name for messages: what is overloaded when it is
     * @param key items with equal keys are never in one set
     * @param flush answers a set in its order
     */
    public Coalescer(
            String name, Bounds bounds, Function<T, Object> key, Function<List<T>, CompletionStage<List<R>>> flush) {
        this(
                name,
                bounds,
                key,
                flush,
                System::nanoTime,
                CompletableFuture.delayedExecutor(SLOW.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** With a clock, and with what runs something {@link #SLOW} later. */
    Coalescer(
            String name,
            Bounds bounds,
            Function<T, Object> key,
            Function<List<T>, CompletionStage<List<R>>> flush,
            LongSupplier nanos,
            Executor later) {
        this.nanos = nanos;
        this.later = later;
        this.name = name;
        this.bounds = bounds;
        this.key = key;
        this.flush = flush;
    }

    /** Answers when the item's set is done. Fails with {@link Rejection.Overloaded} when too much waits. */
    public CompletionStage<R> submit(T item) {
        var one = new Waiting<T, R>(item, new CompletableFuture<>());
        lock.lock();
        try {
            if (waiting.size() >= bounds.waiting()) {
                return CompletableFuture.failedFuture(new QueueException(new Rejection.Overloaded(name)));
            }
            waiting.add(one);
        } finally {
            lock.unlock();
        }
        pump();
        return one.answer();
    }

    private void pump() {
        for (var set = next(); set != null; set = next()) {
            run(set);
        }
        if (looksLater()) {
            later.execute(this::lookAgain);
        }
    }

    private boolean looksLater() {
        lock.lock();
        try {
            boolean first = !looking && !waiting.isEmpty() && busy.size() < bounds.slots();
            looking |= first;
            return first;
        } finally {
            lock.unlock();
        }
    }

    private void lookAgain() {
        lock.lock();
        try {
            looking = false;
        } finally {
            lock.unlock();
        }
        pump();
    }

    private @Nullable Batch<T, R> next() {
        lock.lock();
        try {
            if (busy.size() >= bounds.slots() || waiting.isEmpty() || !worthIt()) {
                return null;
            }
            var set = new Batch<>(nanos.getAsLong(), take());
            busy.add(set.began());
            return set;
        } finally {
            lock.unlock();
        }
    }

    private boolean worthIt() {
        return busy.isEmpty()
                || waiting.size() >= bounds.beside()
                || nanos.getAsLong() - busy.getFirst() >= SLOW.toNanos();
    }

    /** The first of those that wait; of equal keys only the first, the others keep their place. */
    private List<Waiting<T, R>> take() {
        var set = new ArrayList<Waiting<T, R>>(Math.min(bounds.batch(), waiting.size()));
        var keys = new HashSet<Object>();
        var left = new ArrayDeque<Waiting<T, R>>();
        while (set.size() < bounds.batch() && !waiting.isEmpty()) {
            var one = waiting.remove();
            (keys.add(key.apply(one.item())) ? set : left).add(one);
        }
        while (!left.isEmpty()) {
            waiting.addFirst(left.removeLast());
        }
        return set;
    }

    private void run(Batch<T, R> set) {
        Splitting.run(set.all().stream().map(Waiting::item).toList(), flush).whenComplete((results, failure) -> {
            lock.lock();
            try {
                busy.remove(set.began());
            } finally {
                lock.unlock();
            }
            // First the next set on its way, then the answers: those who wait longest for the database go first.
            pump();
            for (int i = 0; i < set.all().size(); i++) {
                var answer = set.all().get(i).answer();
                switch (results == null ? new Splitting.Result.Failed<R>(failure) : results.get(i)) {
                    case Splitting.Result.Done<R>(var value) -> answer.complete(value);
                    case Splitting.Result.Failed<R>(var why) -> answer.completeExceptionally(why);
                }
            }
        });
    }
}

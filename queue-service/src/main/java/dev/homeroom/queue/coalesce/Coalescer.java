package dev.homeroom.queue.coalesce;

import dev.homeroom.queue.core.QueueException;
import dev.homeroom.queue.core.Rejection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Turns concurrent single requests into few large ones: while a set is under way requests gather, and go when it is done or
 * when they are enough for a set beside it. An idle queue adds no delay, a busy one gets the throughput of batches. Safe for
 * concurrent use; no thread of its own.
 *
 * @param <T> of the items
 * @param <R> of their answers
 */
public final class Coalescer<T, R> {
    private record Waiting<T, R>(T item, CompletableFuture<R> answer) {}

    private final String name;
    private final Bounds bounds;
    private final Function<T, Object> key;
    private final Function<List<T>, CompletionStage<List<R>>> flush;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Waiting<T, R>> waiting = new ArrayDeque<>();
    private int busy;

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
        for (var set = next(); !set.isEmpty(); set = next()) {
            run(set);
        }
    }

    private List<Waiting<T, R>> next() {
        lock.lock();
        try {
            if (busy >= bounds.slots() || waiting.size() < (busy > 0 ? bounds.beside() : 1)) {
                return List.of();
            }
            busy++;
            return take();
        } finally {
            lock.unlock();
        }
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

    private void run(List<Waiting<T, R>> set) {
        Splitting.run(set.stream().map(Waiting::item).toList(), flush).whenComplete((results, failure) -> {
            lock.lock();
            try {
                busy--;
            } finally {
                lock.unlock();
            }
            // First the next set on its way, then the answers: those who wait longest for the database go first.
            pump();
            for (int i = 0; i < set.size(); i++) {
                var answer = set.get(i).answer();
                switch (results == null ? new Splitting.Result.Failed<R>(failure) : results.get(i)) {
                    case Splitting.Result.Done<R>(var value) -> answer.complete(value);
                    case Splitting.Result.Failed<R>(var why) -> answer.completeExceptionally(why);
                }
            }
        });
    }
}

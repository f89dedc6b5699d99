package dev.homeroom.queue.claim;

import dev.homeroom.queue.core.TaskStore;
import dev.homeroom.queue.core.order.Board;
import dev.homeroom.queue.core.order.Heads;
import dev.homeroom.queue.core.order.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings the board in line with the database, a page of ranges at a time, one page after the other. Reading takes at most
 * one part in {@value #SHARE} of the time, however large the queue is; what is enqueued in this replica is on the board at
 * once anyway. Safe for concurrent use; no thread of its own.
 */
public final class BoardKeeper {
    /** Ranges of one page; a few tens of milliseconds of the database. */
    static final int PAGE = 2_000;

    private static final int SHARE = 20;

    /** The longest pause between pages: so a page that was slow for another reason does no lasting harm. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final TaskStore store;
    private final Board board;
    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable CompletableFuture<Void> next;
    private boolean busy;
    private long allowedAt;
    /** The database's time, and ours when it was told, in milliseconds and nanoseconds. */
    private volatile Clock clock;

    private record Clock(long databaseMillis, long nanos) {}

    /**
     * @param nanos a monotonic clock, in nanoseconds
     * @param now the time until the database has told its own
     */
    public BoardKeeper(TaskStore store, Board board, LongSupplier nanos, Instant now) {
        this.store = store;
        this.board = board;
        this.nanos = nanos;
        this.allowedAt = nanos.getAsLong();
        this.clock = new Clock(now.toEpochMilli(), allowedAt);
    }

    /** The database's time, as far as it is known here. */
    public Instant now() {
        var known = clock;
        return Instant.ofEpochMilli(
                known.databaseMillis() + TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - known.nanos()));
    }

    /**
     * A task has come that is due then.
     *
     * @param created the database's time when it came: from then on it is due for us too, however far behind our idea of the
     *     database's time was
     */
    public void note(Lane lane, int priority, Instant due, Instant created) {
        if (created.isAfter(now())) {
            between(created.toEpochMilli(), Long.MAX_VALUE);
        }
        board.note(lane, priority, due);
    }

    /** Answers after a page that is asked for from now on; never fails: what could not be read is read later. */
    public CompletionStage<Void> refreshed() {
        CompletableFuture<Void> answer;
        boolean first;
        lock.lock();
        try {
            first = next == null && !busy;
            next = next == null ? new CompletableFuture<>() : next;
            answer = next;
        } finally {
            lock.unlock();
        }
        if (first) {
            schedule();
        }
        return answer.copy();
    }

    /** Whether a page may be read at once. */
    public boolean mayRefresh() {
        lock.lock();
        try {
            return next == null && !busy && nanos.getAsLong() - allowedAt >= 0;
        } finally {
            lock.unlock();
        }
    }

    /** Sets the clock to the nearest time between these, in milliseconds. */
    private void between(long earliest, long latest) {
        lock.lock();
        try {
            clock = new Clock(Math.clamp(now().toEpochMilli(), earliest, latest), nanos.getAsLong());
        } finally {
            lock.unlock();
        }
    }

    private void schedule() {
        long pause = allowedAt() - nanos.getAsLong();
        Executor when = pause <= 0 ? Runnable::run : CompletableFuture.delayedExecutor(pause, TimeUnit.NANOSECONDS);
        when.execute(this::page);
    }

    private long allowedAt() {
        lock.lock();
        try {
            return allowedAt;
        } finally {
            lock.unlock();
        }
    }

    private void page() {
        CompletableFuture<Void> answer;
        lock.lock();
        try {
            if (busy || next == null) {
                return;
            }
            busy = true;
            answer = next;
            next = null;
        } finally {
            lock.unlock();
        }
        long began = nanos.getAsLong();
        long asked = board.news();
        heads().whenComplete((heads, failure) -> {
            if (heads != null) {
                // It was that time in the database at some moment since we asked.
                long told = heads.now().toEpochMilli();
                between(told, told + TimeUnit.NANOSECONDS.toMillis(nanos.getAsLong() - began) + 1);
                board.page(heads.heads(), heads.heads().size() >= PAGE, asked);
            }
            boolean again = done(began);
            answer.complete(null);
            if (again) {
                schedule();
            }
        });
    }

    private CompletionStage<Heads> heads() {
        try {
            return store.heads(board.reached(), PAGE);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private boolean done(long began) {
        lock.lock();
        try {
            busy = false;
            long now = nanos.getAsLong();
            allowedAt = now + Math.min(LONGEST_PAUSE.toNanos(), (SHARE - 1) * (now - began));
            return next != null;
        } finally {
            lock.unlock();
        }
    }
}

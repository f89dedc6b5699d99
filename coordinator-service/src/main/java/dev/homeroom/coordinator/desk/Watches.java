package dev.homeroom.coordinator.desk;

import dev.homeroom.coordinator.Unanswered;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Bounds;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Cursor;
import dev.homeroom.coordinator.core.Published;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tells watchers what this replica applies. One thread reads the audit trail of the replica's own copy whenever something
 * was applied and somebody watches; a slow watcher holds up nobody. Thread-safe.
 */
final class Watches implements AutoCloseable {
    /** Between two looks at the trail: gathers the changes of several entries. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private static final long LOOK_SECONDS = 1;
    private static final Logger LOG = Logger.getLogger(Watches.class);

    private final Function<Command, Answer> read;
    private final int most;
    private final Set<Watch> watching = ConcurrentHashMap.newKeySet();
    private final Semaphore signal = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    /** What was found of the trail, oldest first; {@code complete}: nothing between it and the place is gone. */
    private record Trail(List<Published> changes, boolean complete) {}

    /** Reads by {@code read}; at most so many watch at once. */
    Watches(Function<Command, Answer> read, int most) {
        this.read = read;
        this.most = most;
        this.thread = Thread.ofPlatform().daemon().name("watches").start(this::run);
    }

    /**
     * Watches from now on.
     *
     * @param after only changes after this place; null: from now
     * @param readable called when there is something to poll, on a thread that must not be kept
     * @throws Unanswered when too many watch
     */
    Watch watch(Interest interest, @Nullable Cursor after, Runnable readable) {
        if (watching.size() >= most) {
            throw new Unanswered(Unanswered.Reason.OVERLOADED, most + " clients watch this replica already");
        }
        Watch watch = new Watch(this, interest, after, readable);
        watching.add(watch);
        applied();
        return watch;
    }

    /** Something was applied; only signals. */
    void applied() {
        if (!watching.isEmpty() && signal.availablePermits() == 0) {
            signal.release();
        }
    }

    void left(Watch watch) {
        watching.remove(watch);
    }

    /** How many watch. */
    int watching() {
        return watching.size();
    }

    private void run() {
        while (!closed) {
            try {
                if (signal.tryAcquire(LOOK_SECONDS, TimeUnit.SECONDS)) {
                    signal.drainPermits();
                    for (Watch watch : watching) {
                        if (!watch.begun()) {
                            begin(watch);
                        }
                    }
                    tell();
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                LOG.error("Watchers could not be told", e);
            }
        }
    }

    private void begin(Watch watch) {
        Cursor after = watch.after();
        if (after == null) {
            Answer newest = read.apply(new Command.ReadAudit(null, "", "", null, 1));
            watch.begin(
                    newest instanceof Answer.AuditPage page && !page.changes().isEmpty()
                            ? page.changes().getFirst().at()
                            : Cursor.START);
        } else {
            watch.begin(after);
        }
    }

    /** All of them read the trail once, from the place of the one that is furthest behind. */
    private void tell() {
        // Whoever came since has not begun: its first event must say where it begins.
        List<Watch> all = watching.stream().filter(Watch::begun).toList();
        Cursor oldest = null;
        for (Watch watch : all) {
            Cursor after = watch.after();
            if (after != null && (oldest == null || after.compareTo(oldest) < 0)) {
                oldest = after;
            }
        }
        if (oldest == null) {
            return;
        }
        Trail trail = since(oldest);
        for (Watch watch : all) {
            if (!trail.complete() && isGone(watch.after(), trail)) {
                watch.missed(before(trail.changes().getFirst().at()));
            }
            watch.changes(trail.changes());
        }
    }

    private static boolean isGone(@Nullable Cursor after, Trail trail) {
        return after != null && before(trail.changes().getFirst().at()).compareTo(after) > 0;
    }

    private static Cursor before(Cursor first) {
        return new Cursor(first.index(), first.ordinal() - 1);
    }

    /** What is kept of the changes after a place. */
    private Trail since(Cursor after) {
        List<Published> found = new ArrayList<>();
        Cursor before = null;
        while (true) {
            if (!(read.apply(new Command.ReadAudit(null, "", "", before, Bounds.PAGE))
                    instanceof Answer.AuditPage page)) {
                return new Trail(List.of(), true);
            }
            for (Published change : page.changes()) {
                if (change.at().compareTo(after) <= 0) {
                    Collections.reverse(found);
                    return new Trail(found, true);
                }
                found.add(change);
            }
            before = page.next();
            if (before == null || found.size() >= Bounds.AUDIT) {
                // The end of what is kept, or far enough. With fewer than are ever kept, nothing was dropped.
                Collections.reverse(found);
                return new Trail(found, found.size() < Bounds.AUDIT);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}

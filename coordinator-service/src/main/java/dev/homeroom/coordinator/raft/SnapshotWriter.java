package dev.homeroom.coordinator.raft;

import dev.homeroom.coordinator.Fatal;
import dev.homeroom.coordinator.core.State;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.ratis.server.protocol.TermIndex;
import org.jboss.logging.Logger;

/**
 * Writes snapshots beside the apply thread, one at a time. Ratis is told of a snapshot only once it is on the disk, since
 * it then drops the log below. A snapshot that cannot be written ends the process: the log would grow without bound.
 */
final class SnapshotWriter implements AutoCloseable {
    /** What Ratis takes for "none". */
    private static final long NONE = -1;

    private static final long CLOSE_SECONDS = 30;
    private static final Logger LOG = Logger.getLogger(SnapshotWriter.class);

    private final Snapshots snapshots;
    private final Fatal fatal;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("snapshot-writer").factory());
    private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);
    private long reported = NONE;

    SnapshotWriter(Snapshots snapshots, Fatal fatal) {
        this.snapshots = snapshots;
        this.fatal = fatal;
    }

    /**
     * Begins to write, unless a snapshot is being written or one was finished that Ratis does not know of yet.
     *
     * @return the log index of that finished one, else -1
     */
    synchronized long write(State state, TermIndex at) {
        if (!running.isDone()) {
            return NONE;
        }
        long latest = snapshots.latestIndex();
        if (latest > reported) {
            reported = latest;
            return latest;
        }
        running = CompletableFuture.runAsync(() -> writeOrStop(state, at), thread);
        return NONE;
    }

    /** Writes before it returns, for the end of the process. */
    synchronized long writeNow(State state, TermIndex at) {
        await();
        if (snapshots.latestIndex() < at.getIndex()) {
            writeOrStop(state, at);
        }
        return snapshots.latestIndex();
    }

    /** Waits until nothing is being written. */
    synchronized void await() {
        try {
            running.get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn("A snapshot was not finished", e);
        }
    }

    private void writeOrStop(State state, TermIndex at) {
        long start = System.nanoTime();
        try {
            snapshots.write(state, at);
            LOG.infof(
                    "Wrote the snapshot of entry %s in %d ms",
                    at, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        } catch (IOException | RuntimeException e) {
            fatal.stop("The snapshot of entry " + at + " cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        await();
        thread.shutdown();
    }
}

package dev.homeroom.coordinator.raft;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.SnapshotManagementRequest;
import org.apache.ratis.server.RaftServer;
import org.jboss.logging.Logger;

/** Asks Ratis for a snapshot at a fixed interval, beside those it takes after a number of entries. */
final class SnapshotTimer implements AutoCloseable {
    private static final long LIMIT_MILLIS = 30_000;
    private static final Logger LOG = Logger.getLogger(SnapshotTimer.class);

    private final RaftServer server;
    private final ClientId client;
    private final RaftSettings raft;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("snapshot-timer").factory());
    private long call;

    SnapshotTimer(RaftServer server, ClientId client, RaftSettings raft) {
        this.server = server;
        this.client = client;
        this.raft = raft;
    }

    void start() {
        long millis = raft.snapshots().interval().toMillis();
        var unused = timer.scheduleWithFixedDelay(this::ask, millis, millis, TimeUnit.MILLISECONDS);
    }

    private void ask() {
        try {
            var unused = server.snapshotManagementAsync(SnapshotManagementRequest.newCreate(
                            client, server.getId(), RaftNode.GROUP, --call, LIMIT_MILLIS, 1))
                    .exceptionally(failure -> {
                        LOG.warnf("No snapshot was begun: %s", failure);
                        return null;
                    });
        } catch (RuntimeException e) {
            LOG.warnf("No snapshot was begun: %s", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}

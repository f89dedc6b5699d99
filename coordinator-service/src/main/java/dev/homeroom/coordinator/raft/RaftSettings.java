package dev.homeroom.coordinator.raft;

import dev.homeroom.coordinator.Member;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How this replica takes part in the cluster.
 *
 * @param self this replica, as the others reach it
 * @param members all replicas of a cluster that begins, this one included; empty: wait to be added to a running one. What
 *     the data directory knows of the members counts more
 * @param clustered whether members may be added and removed
 * @param dataDir where log and snapshots live
 * @param bindAddress {@code host:port} to listen on; others reach it by its member's Raft address
 * @param timing how soon silence is noticed
 * @param snapshots when snapshots are taken
 * @param restoredAtMillis when the data were restored from a backup, milliseconds since 1970; 0 = never
 */
public record RaftSettings(
        Member self,
        List<Member> members,
        boolean clustered,
        Path dataDir,
        String bindAddress,
        Timing timing,
        SnapshotRule snapshots,
        long restoredAtMillis) {
    public RaftSettings {
        if (!members.isEmpty() && !members.contains(self)) {
            throw new IllegalArgumentException("members " + members + " lack this node, " + self);
        }
        members = List.copyOf(members);
    }

    /** The id of this replica. */
    public String nodeId() {
        return self.id();
    }

    /** Whether there is nobody to elect or to replicate to, to begin with. */
    public boolean single() {
        return members.size() == 1;
    }

    /**
     * How soon silence is noticed. Ratis sends heartbeats at half of the shortest election timeout.
     *
     * @param electionTimeoutMin shortest silence of the leader after which a follower stands for election, at least 20 ms
     * @param electionTimeoutMax longest; detection by silence can near twice of it
     */
    public record Timing(Duration electionTimeoutMin, Duration electionTimeoutMax) {
        /** Shorter ones would find a busy processor dead. */
        private static final long LEAST_MILLIS = 20;

        public Timing {
            if (electionTimeoutMin.toMillis() < LEAST_MILLIS || electionTimeoutMax.compareTo(electionTimeoutMin) <= 0) {
                throw new IllegalArgumentException("election timeouts need 20ms <= min < max, not "
                        + electionTimeoutMin.toMillis() + "ms and " + electionTimeoutMax.toMillis() + "ms");
            }
        }
    }

    /**
     * When snapshots are taken.
     *
     * @param interval this often when something changed
     * @param threshold and after this many log entries
     * @param retained how many are kept, 1 to 100
     */
    public record SnapshotRule(Duration interval, long threshold, int retained) {
        public SnapshotRule {
            if (threshold < 1 || !interval.isPositive() || retained < 1 || retained > 100) {
                throw new IllegalArgumentException(
                        "snapshots need a positive interval and threshold, and 1 to 100 of them are kept");
            }
        }
    }
}

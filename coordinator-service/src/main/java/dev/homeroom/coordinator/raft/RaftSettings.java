package dev.homeroom.coordinator.raft;

import dev.homeroom.coordinator.Member;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How this replica takes part in the cluster.
 *
 * @param nodeId the id of this replica, one of {@code members}
 * @param dataDir where log and snapshots live
 * @param bindAddress {@code host:port} to listen on; others reach it by its member's Raft address
 * @param members all replicas, this one included
 * @param electionTimeoutMin shortest silence of the leader after which a follower stands for election
 * @param electionTimeoutMax longest; detection can near twice of it
 * @param snapshotInterval a snapshot is taken this often when something changed
 * @param snapshotThreshold and after this many log entries
 */
public record RaftSettings(
        String nodeId,
        Path dataDir,
        String bindAddress,
        List<Member> members,
        Duration electionTimeoutMin,
        Duration electionTimeoutMax,
        Duration snapshotInterval,
        long snapshotThreshold) {
    public RaftSettings {
        if (members.stream().noneMatch(member -> member.id().equals(nodeId))) {
            throw new IllegalArgumentException("members " + members + " lack this node, '" + nodeId + "'");
        }
        if (electionTimeoutMin.toMillis() < 20 || electionTimeoutMax.compareTo(electionTimeoutMin) <= 0) {
            throw new IllegalArgumentException("election timeouts need 20ms <= min < max, not " + electionTimeoutMin
                    + " and " + electionTimeoutMax);
        }
        if (snapshotThreshold < 1 || !snapshotInterval.isPositive()) {
            throw new IllegalArgumentException("snapshot interval and threshold must be positive");
        }
        members = List.copyOf(members);
    }

    /** Whether there is nobody to elect or to replicate to. */
    public boolean single() {
        return members.size() == 1;
    }

    /** This replica. */
    public Member self() {
        return members.stream()
                .filter(member -> member.id().equals(nodeId))
                .findFirst()
                .orElseThrow();
    }
}

package dev.homeroom.coordinator.raft;

import dev.homeroom.coordinator.CoordinatorConfig;
import dev.homeroom.coordinator.Member;
import dev.homeroom.coordinator.raft.RaftSettings.SnapshotRule;
import dev.homeroom.coordinator.raft.RaftSettings.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Makes {@link RaftSettings} of the configuration; what contradicts itself is refused in one sentence. Pure. */
final class SettingsReader {
    /** Followers must not find a leader dead that a busy laptop delays; see ARCHITECTURE, "Elections". */
    static final Duration ELECTION_TIMEOUT_MIN = Duration.ofMillis(400);

    private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::", "[::]", "*");

    private SettingsReader() {}

    /**
     * The settings.
     *
     * @param http {@code host:port} of the HTTP and gRPC interface here
     * @param nowMillis the wall clock
     * @throws IllegalArgumentException with a sentence for people
     */
    static RaftSettings read(CoordinatorConfig config, String http, long nowMillis) {
        CoordinatorConfig.Cluster cluster = config.cluster();
        List<String> peers = cluster.peers().orElse(List.of());
        boolean clustered = cluster.enabled().orElse(!peers.isEmpty() || !cluster.bootstrap());
        if (!cluster.discovery().equals("static")) {
            throw new IllegalArgumentException("CLUSTER_DISCOVERY may be static only, not '" + cluster.discovery()
                    + "'; list the replicas in" + " CLUSTER_PEERS");
        }
        if (!clustered && !cluster.bootstrap()) {
            throw new IllegalArgumentException("CLUSTER_BOOTSTRAP=false waits to be added to a cluster, which"
                    + " CLUSTER_ENABLED=false rules out; change one of them");
        }
        boolean begins = clustered && cluster.bootstrap() && !peers.isEmpty();
        Member alone = alone(cluster, http, clustered && !begins);
        List<Member> members = members(cluster, begins ? peers : List.of(), alone);
        return new RaftSettings(
                members.stream()
                        .filter(member -> member.id().equals(cluster.nodeId()))
                        .findFirst()
                        .orElse(alone),
                members,
                clustered,
                cluster.dataDir().toAbsolutePath(),
                hostPort("CLUSTER_BIND_ADDRESS", cluster.bindAddress()),
                timing(config.raft()),
                snapshots(config.raft()),
                restoredAt(cluster, nowMillis));
    }

    private static long restoredAt(CoordinatorConfig.Cluster cluster, long nowMillis) {
        long at = cluster.restoredAt().map(Instant::toEpochMilli).orElse(0L);
        if (at > nowMillis) {
            throw new IllegalArgumentException("CLUSTER_RESTORED_AT lies in the future, "
                    + cluster.restoredAt().get() + "; give the time at which the backup was put back");
        }
        return at;
    }

    private static List<Member> members(CoordinatorConfig.Cluster cluster, List<String> peers, Member alone) {
        if (!cluster.bootstrap()) {
            return List.of();
        }
        List<Member> members = Member.cluster(cluster.nodeId(), peers, alone);
        if (!peers.isEmpty() && cluster.advertiseAddress().isPresent()) {
            String listed = members.stream()
                    .filter(member -> member.id().equals(cluster.nodeId()))
                    .map(Member::raftAddress)
                    .findFirst()
                    .orElseThrow();
            if (!listed.equals(cluster.advertiseAddress().get())) {
                throw new IllegalArgumentException("CLUSTER_ADVERTISE_ADDRESS says "
                        + cluster.advertiseAddress().get() + ", but CLUSTER_PEERS says " + listed + " of "
                        + cluster.nodeId() + "; make them the same or leave CLUSTER_ADVERTISE_ADDRESS out");
            }
        }
        return members;
    }

    /** This replica as it describes itself; {@code known} says that others must be able to reach it by that. */
    private static Member alone(CoordinatorConfig.Cluster cluster, String http, boolean known) {
        String bind = hostPort("CLUSTER_BIND_ADDRESS", cluster.bindAddress());
        String advertised =
                hostPort("CLUSTER_ADVERTISE_ADDRESS", cluster.advertiseAddress().orElse(bind));
        if (known && WILDCARDS.contains(Member.host(advertised))) {
            throw new IllegalArgumentException("nobody can reach a replica at " + advertised
                    + "; set CLUSTER_ADVERTISE_ADDRESS to the host:port by which the others reach this one");
        }
        String reached =
                WILDCARDS.contains(Member.host(http)) ? Member.host(advertised) + ":" + Member.port(http) : http;
        return new Member(
                cluster.nodeId(),
                advertised,
                hostPort("CLUSTER_SERVICE_ADDRESS", cluster.serviceAddress().orElse(reached)));
    }

    private static Timing timing(CoordinatorConfig.Raft raft) {
        Duration min = raft.electionTimeoutMin()
                .orElseGet(() -> raft.heartbeatInterval()
                        .map(beat -> beat.multipliedBy(2))
                        .orElse(ELECTION_TIMEOUT_MIN));
        if (raft.heartbeatInterval().isPresent()
                && !raft.heartbeatInterval().get().multipliedBy(2).equals(min)) {
            throw new IllegalArgumentException("RAFT_HEARTBEAT_INTERVAL is always half of RAFT_ELECTION_TIMEOUT_MIN,"
                    + " which is " + min.toMillis() + "ms; leave one of them out");
        }
        try {
            return new Timing(min, raft.electionTimeoutMax().orElse(min.multipliedBy(2)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("RAFT_ELECTION_TIMEOUT_MIN and _MAX: " + e.getMessage(), e);
        }
    }

    private static SnapshotRule snapshots(CoordinatorConfig.Raft raft) {
        try {
            return new SnapshotRule(raft.snapshotInterval(), raft.snapshotThreshold(), raft.snapshotRetain());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("RAFT_SNAPSHOT_…: " + e.getMessage(), e);
        }
    }

    private static String hostPort(String name, String address) {
        if (!Member.isHostPort(address)) {
            throw new IllegalArgumentException(name + " must be host:port, not '" + address + "'");
        }
        return address;
    }
}

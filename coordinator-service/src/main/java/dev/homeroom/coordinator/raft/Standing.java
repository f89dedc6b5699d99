package dev.homeroom.coordinator.raft;

import dev.homeroom.coordinator.ClusterView;
import dev.homeroom.coordinator.ClusterView.Seat;
import dev.homeroom.coordinator.Member;
import dev.homeroom.coordinator.Unanswered;
import dev.homeroom.coordinator.Unanswered.Reason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.ratis.proto.RaftProtos.CommitInfoProto;
import org.apache.ratis.proto.RaftProtos.FollowerInfoProto;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.proto.RaftProtos.ServerRpcProto;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;

/** How the members stand, as Ratis knows it. Thread-safe. */
final class Standing {
    private final RaftServer server;
    private final Roster roster;
    /** A member that answered within this time counts as reachable: heartbeats come far more often. */
    private final long reachableMillis;

    Standing(RaftServer server, Roster roster, RaftSettings raft) {
        this.server = server;
        this.roster = roster;
        this.reachableMillis = 2 * raft.timing().electionTimeoutMax().toMillis();
    }

    /** The whole cluster; fails with {@link Unanswered} where no leader is. */
    ClusterView view() {
        RaftServer.Division division = division();
        DivisionInfo info = division.getInfo();
        RoleInfoProto role = info.getRoleInfoProto();
        if (!role.hasLeaderInfo()) {
            throw new Unanswered(Reason.NO_LEADER, "this replica does not lead");
        }
        Map<String, Long> applied = new HashMap<>();
        for (CommitInfoProto commit : division.getCommitInfos()) {
            applied.put(RaftPeerId.valueOf(commit.getServer().getId()).toString(), commit.getCommitIndex());
        }
        TermIndex last = division.getRaftLog().getLastEntryTermIndex();
        long end = last == null ? 0 : last.getIndex();
        Map<String, ServerRpcProto> contacts = new HashMap<>();
        Map<String, Long> stored = new HashMap<>();
        long[] matches = info.getFollowerMatchIndices();
        List<ServerRpcProto> followers = role.getLeaderInfo().getFollowerInfoList();
        for (int i = 0; i < followers.size(); i++) {
            String id = RaftPeerId.valueOf(followers.get(i).getId().getId()).toString();
            contacts.put(id, followers.get(i));
            stored.put(id, matches != null && matches.length == followers.size() ? matches[i] : 0);
        }
        List<Seat> seats = new ArrayList<>();
        String self = division.getId().toString();
        for (Member member : roster.members()) {
            if (member.id().equals(self)) {
                seats.add(new Seat(member, true, 0, end, info.getLastAppliedIndex(), 0));
                continue;
            }
            ServerRpcProto contact = contacts.get(member.id());
            long silent = contact == null ? Long.MAX_VALUE : contact.getLastRpcElapsedTimeMs();
            long index = Math.max(0, stored.getOrDefault(member.id(), 0L));
            seats.add(new Seat(
                    member,
                    silent <= reachableMillis,
                    silent,
                    index,
                    Math.max(0, applied.getOrDefault(member.id(), 0L)),
                    Math.max(0, end - index)));
        }
        return new ClusterView(self, info.getCurrentTerm(), seats);
    }

    /** How long ago this replica last heard from a leader; 0 when it leads. */
    long silenceMillis() {
        RoleInfoProto role = division().getInfo().getRoleInfoProto();
        return switch (role.getPeerInfoCase()) {
            case LEADERINFO -> 0;
            case FOLLOWERINFO -> silence(role.getFollowerInfo(), role.getRoleElapsedTimeMs());
            case CANDIDATEINFO -> role.getCandidateInfo().getLastLeaderElapsedTimeMs();
            case PEERINFO_NOT_SET -> role.getRoleElapsedTimeMs();
        };
    }

    private static long silence(FollowerInfoProto follower, long roleMillis) {
        return follower.getLeaderInfo().getId().getId().isEmpty()
                ? roleMillis
                : follower.getLeaderInfo().getLastRpcElapsedTimeMs();
    }

    private RaftServer.Division division() {
        try {
            return server.getDivision(RaftNode.GROUP);
        } catch (IOException e) {
            throw new Unanswered(Reason.NO_LEADER, "this replica is not running");
        }
    }
}

package dev.homeroom.coordinator.raft;

import dev.homeroom.coordinator.Member;
import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;

/**
 * The members as the replicated configuration names them. A member's service address travels in the configuration as the
 * peer's client address, which Ratis itself uses only in its own client. Thread-safe.
 */
final class Roster {
    private final RaftServer server;
    private final RaftSettings raft;

    Roster(RaftServer server, RaftSettings raft) {
        this.server = server;
        this.raft = raft;
    }

    /** All members, by id. */
    List<Member> members() {
        return peers().stream()
                .map(this::member)
                .sorted(Comparator.comparing(Member::id))
                .toList();
    }

    /** The leader, if this replica knows one. */
    Optional<Member> leader() {
        try {
            RaftServer.Division division = server.getDivision(RaftNode.GROUP);
            RaftPeerId id = division.getInfo().getLeaderId();
            RaftPeer peer = id == null ? null : division.getRaftConf().getPeer(id);
            return Optional.ofNullable(peer).map(this::member);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** All members, as Ratis describes them. */
    Collection<RaftPeer> peers() {
        try {
            return server.getDivision(RaftNode.GROUP).getRaftConf().getAllPeers();
        } catch (IOException e) {
            return List.of();
        }
    }

    Member member(RaftPeer peer) {
        String id = peer.getId().toString();
        String service = peer.getClientAddress();
        if (service == null || service.isEmpty()) {
            // A data directory of before addresses were kept there.
            service = raft.members().stream()
                    .filter(member -> member.id().equals(id))
                    .map(Member::serviceAddress)
                    .findFirst()
                    .orElse(peer.getAddress());
        }
        return new Member(id, peer.getAddress(), service);
    }

    static RaftPeer peer(Member member) {
        return RaftPeer.newBuilder()
                .setId(member.id())
                .setAddress(member.raftAddress())
                .setClientAddress(member.serviceAddress())
                .build();
    }
}

package dev.homeroom.coordinator.raft;

import dev.homeroom.coordinator.Member;
import java.io.IOException;
import org.apache.ratis.proto.RaftProtos.RaftGroupIdProto;
import org.apache.ratis.proto.RaftProtos.RaftRpcRequestProto;
import org.apache.ratis.proto.RaftProtos.StartLeaderElectionRequestProto;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.jboss.logging.Logger;

/**
 * Lets this follower stand for election at once. It is the request a leader sends that hands its leadership over; Ratis
 * refuses it where another leader or a newer term is known, and voters refuse a candidate whose log lacks an entry.
 */
final class Elections {
    private static final Logger LOG = Logger.getLogger(Elections.class);

    private final RaftServer server;

    Elections(RaftServer server) {
        this.server = server;
    }

    /**
     * Drops the connections to those who would vote: they are used for votes alone, and one that failed while its peer
     * was away would wait out its backoff, seconds, in the middle of the next election.
     */
    void prepare(Member leader) {
        try {
            for (RaftPeer peer :
                    server.getDivision(RaftNode.GROUP).getRaftConf().getAllPeers()) {
                String id = peer.getId().toString();
                if (!peer.getId().equals(server.getId()) && !id.equals(leader.id())) {
                    server.getServerRpc()
                            .handleException(peer.getId(), new IOException("a new connection for the next vote"), true);
                }
            }
        } catch (IOException e) {
            LOG.debugf("%s keeps its connections: %s", server.getId(), e);
        }
    }

    /** Stands for election in the place of a leader whose process is gone. */
    void succeed(Member former) {
        try {
            TermIndex last = server.getDivision(RaftNode.GROUP).getRaftLog().getLastEntryTermIndex();
            if (last == null) {
                return;
            }
            boolean begun = server.startLeaderElection(StartLeaderElectionRequestProto.newBuilder()
                            .setServerRequest(RaftRpcRequestProto.newBuilder()
                                    .setRequestorId(
                                            RaftPeerId.valueOf(former.id()).toByteString())
                                    .setReplyId(server.getId().toByteString())
                                    .setRaftGroupId(
                                            RaftGroupIdProto.newBuilder().setId(RaftNode.GROUP.toByteString())))
                            .setLeaderLastEntry(last.toProto())
                            .build())
                    .getServerReply()
                    .getSuccess();
            LOG.infof(
                    "The process of leader %s is gone; %s stands for election: %s", former.id(), server.getId(), begun);
        } catch (IOException | RuntimeException e) {
            LOG.warnf("%s cannot stand for election: %s", server.getId(), e);
        }
    }
}

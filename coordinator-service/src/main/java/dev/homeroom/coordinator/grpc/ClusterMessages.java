package dev.homeroom.coordinator.grpc;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.coordinator.ClusterChange;
import dev.homeroom.coordinator.ClusterRefused;
import dev.homeroom.coordinator.ClusterView;
import dev.homeroom.coordinator.ClusterView.Seat;
import dev.homeroom.coordinator.Member;
import dev.homeroom.coordinator.Unanswered;
import dev.homeroom.coordinator.Unanswered.Reason;
import dev.homeroom.coordinator.internal.v1.ChangeReply;
import dev.homeroom.coordinator.internal.v1.ChangeRequest;
import dev.homeroom.coordinator.internal.v1.ClusterMessage;
import dev.homeroom.coordinator.internal.v1.MemberMessage;
import dev.homeroom.coordinator.internal.v1.RefusalMessage;
import dev.homeroom.coordinator.internal.v1.SeatMessage;

/** The cluster and its changes as replicas tell them to each other. */
final class ClusterMessages {
    private ClusterMessages() {}

    static ChangeRequest message(ClusterChange change) {
        ChangeRequest.Builder request = ChangeRequest.newBuilder();
        switch (change) {
            case ClusterChange.View _ -> request.setView(true);
            case ClusterChange.Add(Member member) -> request.setAdd(message(member));
            case ClusterChange.Remove(String id) -> request.setRemove(id);
            case ClusterChange.Transfer(String to) -> request.setTransfer(to);
        }
        return request.build();
    }

    /** {@link IllegalArgumentException} for what this version does not know. */
    static ClusterChange change(ChangeRequest request) {
        return switch (request.getChangeCase()) {
            case VIEW -> new ClusterChange.View();
            case ADD -> new ClusterChange.Add(member(request.getAdd()));
            case REMOVE -> new ClusterChange.Remove(request.getRemove());
            case TRANSFER -> new ClusterChange.Transfer(request.getTransfer());
            case CHANGE_NOT_SET -> throw new IllegalArgumentException("a change of the members that is not known here");
        };
    }

    static ChangeReply reply(ClusterView view) {
        ClusterMessage.Builder cluster =
                ClusterMessage.newBuilder().setLeader(view.leader()).setTerm(view.term());
        for (Seat seat : view.seats()) {
            cluster.addSeats(SeatMessage.newBuilder()
                    .setMember(message(seat.member()))
                    .setReachable(seat.reachable())
                    .setContactMillis(seat.contactMillis())
                    .setStoredIndex(seat.storedIndex())
                    .setAppliedIndex(seat.appliedIndex())
                    .setLag(seat.lag()));
        }
        return ChangeReply.newBuilder().setCluster(cluster).build();
    }

    static ChangeReply reply(ClusterRefused refused) {
        return ChangeReply.newBuilder()
                .setRefused(RefusalMessage.newBuilder()
                        .setType(refused.type().name())
                        .setDetail(String.valueOf(refused.getMessage())))
                .build();
    }

    static ChangeReply reply(Unanswered unanswered) {
        return ChangeReply.newBuilder()
                .setUnanswered(unanswered.reason().name())
                .build();
    }

    /** Throws what the reply says, or {@link Unanswered} when it cannot be read. */
    static ClusterView view(ChangeReply reply) {
        return switch (reply.getResultCase()) {
            case CLUSTER -> view(reply.getCluster());
            case REFUSED -> throw refused(reply.getRefused());
            case UNANSWERED -> throw unanswered(reply.getUnanswered());
            case RESULT_NOT_SET -> throw unreadable();
        };
    }

    private static ClusterView view(ClusterMessage cluster) {
        return new ClusterView(
                cluster.getLeader(),
                cluster.getTerm(),
                cluster.getSeatsList().stream()
                        .map(seat -> new Seat(
                                member(seat.getMember()),
                                seat.getReachable(),
                                seat.getContactMillis(),
                                seat.getStoredIndex(),
                                seat.getAppliedIndex(),
                                seat.getLag()))
                        .toList());
    }

    private static RuntimeException refused(RefusalMessage refused) {
        try {
            return new ClusterRefused(ProblemType.valueOf(refused.getType()), refused.getDetail());
        } catch (IllegalArgumentException e) {
            return unreadable();
        }
    }

    private static Unanswered unanswered(String reason) {
        try {
            return new Unanswered(Reason.valueOf(reason), "The leader gave no answer: " + reason);
        } catch (IllegalArgumentException e) {
            return unreadable();
        }
    }

    private static Unanswered unreadable() {
        return new Unanswered(Reason.INDETERMINATE, "The leader's reply cannot be read");
    }

    private static MemberMessage message(Member member) {
        return MemberMessage.newBuilder()
                .setId(member.id())
                .setRaftAddress(member.raftAddress())
                .setServiceAddress(member.serviceAddress())
                .build();
    }

    private static Member member(MemberMessage message) {
        return new Member(message.getId(), message.getRaftAddress(), message.getServiceAddress());
    }
}

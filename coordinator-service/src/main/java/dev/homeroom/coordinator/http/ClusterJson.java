package dev.homeroom.coordinator.http;

import dev.homeroom.coordinator.ClusterView;
import dev.homeroom.coordinator.ClusterView.Seat;
import java.util.List;

/**
 * The cluster as its leader sees it.
 *
 * @param leader the id of the leader
 * @param term its term
 * @param members by id
 */
public record ClusterJson(String leader, long term, List<MemberJson> members) {
    /**
     * One member.
     *
     * @param role {@code leader} or {@code follower}
     * @param reachable whether it answered the leader lately
     * @param lastContactMs how long ago it did; 0 for the leader
     * @param storedIndex the last log entry it is known to have stored
     * @param appliedIndex the last log entry it is known to have applied
     * @param lag how many of the leader's entries it is not known to have stored
     */
    public record MemberJson(
            String id,
            String raftAddress,
            String serviceAddress,
            String role,
            boolean reachable,
            long lastContactMs,
            long storedIndex,
            long appliedIndex,
            long lag) {}

    static ClusterJson of(ClusterView view) {
        return new ClusterJson(
                view.leader(),
                view.term(),
                view.seats().stream().map(seat -> member(seat, view.leader())).toList());
    }

    private static MemberJson member(Seat seat, String leader) {
        return new MemberJson(
                seat.member().id(),
                seat.member().raftAddress(),
                seat.member().serviceAddress(),
                seat.member().id().equals(leader) ? "leader" : "follower",
                seat.reachable(),
                seat.contactMillis(),
                seat.storedIndex(),
                seat.appliedIndex(),
                seat.lag());
    }
}

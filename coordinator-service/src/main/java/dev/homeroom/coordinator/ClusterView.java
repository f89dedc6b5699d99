package dev.homeroom.coordinator;

import java.util.List;

/**
 * The cluster as its leader sees it.
 *
 * @param leader id of the member that answers
 * @param term its term
 * @param seats all members, by id
 */
public record ClusterView(String leader, long term, List<Seat> seats) {
    public ClusterView {
        seats = List.copyOf(seats);
    }

    /**
     * One member.
     *
     * @param member its id and addresses
     * @param reachable whether it answered the leader lately
     * @param contactMillis how long ago it did; 0 for the leader
     * @param storedIndex the last log entry that it is known to have stored
     * @param appliedIndex the last log entry that it is known to have applied
     * @param lag how many entries of the leader's log it is not known to have stored
     */
    public record Seat(
            Member member, boolean reachable, long contactMillis, long storedIndex, long appliedIndex, long lag) {}
}

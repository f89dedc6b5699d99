package dev.homeroom.coordinator;

import dev.homeroom.coordinator.ClusterView.Seat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether a change of the members would leave too few that answer to go on: more than half are needed. Pure. */
public final class Quorum {
    private Quorum() {}

    /** Why a member must not be added now; empty when it may. */
    public static Optional<String> againstAdding(ClusterView view, Member member) {
        List<Seat> seats = view.seats();
        if (seats.size() >= Member.MAX_MEMBERS) {
            return Optional.of("There are " + seats.size() + " members already, which is the most; remove one first.");
        }
        // The new one counts as answering: it is added only after it was sent everything.
        long up = seats.stream().filter(Seat::reachable).count() + 1;
        return up < majority(seats.size() + 1)
                ? Optional.of("With " + member.id() + " there would be " + (seats.size() + 1) + " members, of which "
                        + majority(seats.size() + 1) + " must answer, but " + down(seats)
                        + " cannot be reached; bring them back or remove them first.")
                : Optional.empty();
    }

    /** Why a member must not be removed now; empty when it may. */
    public static Optional<String> againstRemoving(ClusterView view, String id) {
        List<Seat> rest = view.seats().stream()
                .filter(seat -> !seat.member().id().equals(id))
                .toList();
        if (rest.isEmpty()) {
            return Optional.of(id + " is the only member; nobody would be left.");
        }
        long up = rest.stream().filter(Seat::reachable).count();
        return up < majority(rest.size())
                ? Optional.of("Without " + id + " there would be " + rest.size() + " members, of which "
                        + majority(rest.size()) + " must answer, but " + down(rest)
                        + " cannot be reached; bring them back first.")
                : Optional.empty();
    }

    /** How many of so many members must agree. */
    public static int majority(int members) {
        return members / 2 + 1;
    }

    private static String down(List<Seat> seats) {
        return seats.stream()
                .filter(seat -> !seat.reachable())
                .map(seat -> seat.member().id())
                .collect(Collectors.joining(", "));
    }
}

package dev.homeroom.coordinator.raft;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.coordinator.Cluster;
import dev.homeroom.coordinator.ClusterChange;
import dev.homeroom.coordinator.ClusterRefused;
import dev.homeroom.coordinator.ClusterView;
import dev.homeroom.coordinator.ClusterView.Seat;
import dev.homeroom.coordinator.Member;
import dev.homeroom.coordinator.Quorum;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.SetConfigurationRequest;
import org.apache.ratis.protocol.exceptions.ReconfigurationInProgressException;
import org.apache.ratis.protocol.exceptions.ReconfigurationTimeoutException;
import org.apache.ratis.protocol.exceptions.SetConfigurationException;
import org.apache.ratis.server.RaftServer;

/** Changes the members, one at a time, while this replica leads. Thread-safe. */
final class Membership implements Cluster {
    private final RaftServer server;
    private final ClientId client;
    private final RaftSettings raft;
    private final Roster roster;
    private final Standing standing;
    private final Handover handover;
    private final AtomicBoolean changing = new AtomicBoolean();
    /** Apart from the numbers of the log's own calls, which the same client makes. */
    private final AtomicLong calls = new AtomicLong(Long.MIN_VALUE);

    Membership(
            RaftServer server,
            ClientId client,
            RaftSettings raft,
            Roster roster,
            Standing standing,
            Handover handover) {
        this.server = server;
        this.client = client;
        this.raft = raft;
        this.roster = roster;
        this.standing = standing;
        this.handover = handover;
    }

    @Override
    public CompletionStage<ClusterView> ask(ClusterChange change) {
        try {
            ClusterView view = standing.view();
            return switch (change) {
                case ClusterChange.View _ -> CompletableFuture.completedFuture(view);
                case ClusterChange.Add(Member member) -> add(view, member);
                case ClusterChange.Remove(String id) -> remove(view, id);
                case ClusterChange.Transfer(String to) -> transfer(view, to);
            };
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletionStage<ClusterView> add(ClusterView view, Member member) {
        for (Seat seat : view.seats()) {
            Member present = seat.member();
            if (present.equals(member)) {
                return CompletableFuture.completedFuture(view);
            }
            if (present.id().equals(member.id()) || present.raftAddress().equals(member.raftAddress())) {
                throw new ClusterRefused(
                        ProblemType.CONFLICT,
                        present.id() + " at " + present.raftAddress()
                                + " is a member already; remove it before you add " + member.id() + " at "
                                + member.raftAddress() + ".");
            }
        }
        if (!raft.clustered()) {
            throw new ClusterRefused(
                    ProblemType.CONFLICT,
                    "This replica runs alone; restart it with CLUSTER_ENABLED=true and an address that others reach.");
        }
        refuse(Quorum.againstAdding(view, member));
        List<RaftPeer> next = new ArrayList<>(roster.peers());
        next.add(Roster.peer(member));
        return change(next, member.id() + " at " + member.raftAddress());
    }

    private CompletionStage<ClusterView> remove(ClusterView view, String id) {
        seat(view, id);
        refuse(Quorum.againstRemoving(view, id));
        if (id.equals(view.leader())) {
            throw new ClusterRefused(
                    ProblemType.CONFLICT, id + " leads; hand its leadership over first, then remove it.");
        }
        List<RaftPeer> next = roster.peers().stream()
                .filter(peer -> !peer.getId().toString().equals(id))
                .toList();
        return change(next, id);
    }

    private CompletionStage<ClusterView> transfer(ClusterView view, String to) {
        if (!to.isEmpty()) {
            Seat seat = seat(view, to);
            if (to.equals(view.leader())) {
                return CompletableFuture.completedFuture(view);
            }
            if (!seat.reachable()) {
                throw new ClusterRefused(
                        ProblemType.CONFLICT, to + " cannot be reached, so it cannot lead; choose another member.");
            }
        } else if (view.seats().size() == 1) {
            throw new ClusterRefused(
                    ProblemType.CONFLICT, view.leader() + " is the only member; nobody else can lead.");
        }
        return CompletableFuture.supplyAsync(() -> {
            if (!handover.run(to)) {
                throw new ClusterRefused(
                        ProblemType.UNAVAILABLE,
                        "No member took the leadership over in time; " + view.leader() + " leads on. Try again.");
            }
            return view;
        });
    }

    private CompletionStage<ClusterView> change(List<RaftPeer> next, String whom) {
        if (!changing.compareAndSet(false, true)) {
            throw underWay();
        }
        CompletableFuture<ClusterView> done;
        try {
            done = server.setConfigurationAsync(request(next))
                    .thenApply(reply -> {
                        if (!reply.isSuccess()) {
                            throw failure(reply.getException(), whom);
                        }
                        return standing.view();
                    })
                    .orTimeout(TIME_LIMIT_MS, TimeUnit.MILLISECONDS);
        } catch (IOException | RuntimeException e) {
            done = CompletableFuture.failedFuture(e);
        }
        return done.whenComplete((view, failure) -> changing.set(false))
                .exceptionallyCompose(
                        failure -> CompletableFuture.failedFuture(failure(RaftLogAppender.unwrap(failure), whom)));
    }

    /** Fails if the members changed since they were looked at. */
    private SetConfigurationRequest request(List<RaftPeer> next) {
        return new SetConfigurationRequest(
                client,
                server.getId(),
                RaftNode.GROUP,
                calls.incrementAndGet(),
                SetConfigurationRequest.Arguments.newBuilder()
                        .setMode(SetConfigurationRequest.Mode.COMPARE_AND_SET)
                        .setServersInCurrentConf(List.copyOf(roster.peers()))
                        .setServersInNewConf(next)
                        .build());
    }

    private static RuntimeException failure(Throwable cause, String whom) {
        return switch (cause) {
            case ClusterRefused refused -> refused;
            case ReconfigurationInProgressException _ -> underWay();
            case ReconfigurationTimeoutException _ ->
                new ClusterRefused(
                        ProblemType.UNAVAILABLE,
                        whom + " cannot be reached or does not get on; the members are as before. Start it with"
                                + " CLUSTER_BOOTSTRAP=false and an empty data directory, then try again.");
            case SetConfigurationException e ->
                new ClusterRefused(ProblemType.CONFLICT, String.valueOf(e.getMessage()));
            case TimeoutException _ -> RaftNode.unanswered(cause);
            default -> RaftNode.unanswered(cause);
        };
    }

    private static ClusterRefused underWay() {
        return new ClusterRefused(
                ProblemType.CONFLICT, "Another change of the members is under way; try again when it is done.");
    }

    private static Seat seat(ClusterView view, String id) {
        return view.seats().stream()
                .filter(seat -> seat.member().id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ClusterRefused(
                        ProblemType.NOT_FOUND,
                        id + " is not a member; the members are "
                                + String.join(
                                        ", ",
                                        view.seats().stream()
                                                .map(seat -> seat.member().id())
                                                .toList())
                                + "."));
    }

    private static void refuse(Optional<String> reason) {
        reason.ifPresent(why -> {
            throw new ClusterRefused(ProblemType.CONFLICT, why);
        });
    }
}

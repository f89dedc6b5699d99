package dev.homeroom.coordinator.raft;

import dev.homeroom.coordinator.ClusterView;
import dev.homeroom.coordinator.ClusterView.Seat;
import dev.homeroom.coordinator.Unanswered;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.TransferLeadershipRequest;
import org.apache.ratis.server.RaftServer;
import org.jboss.logging.Logger;

/** Gives the leadership to another replica: no election has to be waited for. Thread-safe. */
final class Handover {
    /** Usually tens of milliseconds. A member that does not take it costs the whole limit, while nothing is taken here. */
    private static final long LIMIT_MILLIS = 1_500;

    /** How long the former leader stays for the successor's first entry, which usually comes in milliseconds. */
    private static final long SUCCESSION_MILLIS = 1_000;

    /** How long what is on its way into the log may hold up the handover; a commit usually takes milliseconds. */
    private static final Duration SETTLING = Duration.ofMillis(500);

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private static final Logger LOG = Logger.getLogger(Handover.class);

    private final RaftServer server;
    private final ClientId client;
    private final Standing standing;
    private final Batcher batcher;

    Handover(RaftServer server, ClientId client, Standing standing, Batcher batcher) {
        this.server = server;
        this.client = client;
        this.standing = standing;
        this.batcher = batcher;
    }

    /**
     * Waits for it. Nothing is sent to the log meanwhile: an entry that the heir lacks would make the others refuse it their
     * votes, and nobody would lead until an election timeout has passed.
     *
     * @param wish the member that shall lead; empty: tries those that answer, one after the other, whoever lags least
     *     first
     * @return whether another replica leads now; false when there is none to give it to
     */
    boolean run(String wish) {
        boolean held = false;
        try {
            held = batcher.hold(SETTLING);
            ClusterView view = standing.view();
            List<String> heirs = wish.isEmpty() ? heirs(view) : List.of(wish);
            return heirs.stream().anyMatch(this::to);
        } catch (Unanswered e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            if (held) {
                batcher.goOn();
            }
        }
    }

    /**
     * Waits until the successor has committed, for a while: until then it answers nobody, and it commits sooner with this
     * replica's vote than when it has to wait for one that lags.
     */
    void awaitSuccessor() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(SUCCESSION_MILLIS);
        try {
            RaftServer.Division division = server.getDivision(RaftNode.GROUP);
            while (System.nanoTime() - end < 0
                    && division.getStateMachine().getLastAppliedTermIndex().getTerm()
                            < division.getInfo().getCurrentTerm()) {
                LockSupport.parkNanos(LOOK_NANOS);
            }
        } catch (IOException e) {
            LOG.debugf("%s does not wait for its successor: %s", server.getId(), e);
        }
    }

    /** Who could lead next: members that answer, whoever lags least first. */
    static List<String> heirs(ClusterView view) {
        return view.seats().stream()
                .filter(seat -> seat.reachable() && !seat.member().id().equals(view.leader()))
                .sorted(Comparator.comparingLong(Seat::lag).thenComparingLong(Seat::contactMillis))
                .map(seat -> seat.member().id())
                .toList();
    }

    private boolean to(String member) {
        long start = System.nanoTime();
        try {
            RaftClientReply reply = server.transferLeadershipAsync(new TransferLeadershipRequest(
                            client, server.getId(), RaftNode.GROUP, 0, RaftPeerId.valueOf(member), LIMIT_MILLIS))
                    .get(2 * LIMIT_MILLIS, TimeUnit.MILLISECONDS);
            if (reply.isSuccess()) {
                LOG.infof(
                        "%s handed the leadership to %s in %d ms",
                        server.getId(), member, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
            }
            return reply.isSuccess();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (IOException | ExecutionException | TimeoutException e) {
            LOG.warnf("%s could not hand the leadership to %s: %s", server.getId(), member, e);
            return false;
        }
    }
}

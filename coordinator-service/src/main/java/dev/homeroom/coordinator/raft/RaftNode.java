package dev.homeroom.coordinator.raft;

import dev.homeroom.coordinator.Cluster;
import dev.homeroom.coordinator.CommandMeter;
import dev.homeroom.coordinator.Fatal;
import dev.homeroom.coordinator.Member;
import dev.homeroom.coordinator.Replica;
import dev.homeroom.coordinator.StaleAnswer;
import dev.homeroom.coordinator.Unanswered;
import dev.homeroom.coordinator.Unanswered.Reason;
import dev.homeroom.coordinator.WaitListener;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Settings;
import dev.homeroom.coordinator.core.StaleReads;
import dev.homeroom.coordinator.core.State;
import dev.homeroom.coordinator.core.WaitEnd;
import dev.homeroom.coordinator.core.Windows;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.exceptions.LeaderNotReadyException;
import org.apache.ratis.protocol.exceptions.LeaderSteppingDownException;
import org.apache.ratis.protocol.exceptions.ResourceUnavailableException;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage.StartupOption;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * This replica in the Raft group: the server, its state machine and the batcher that feeds it. Created stopped;
 * {@link #start()} and {@link #close()} are called once each. Thread-safe.
 */
public final class RaftNode implements Replica, AutoCloseable {
    /** The one group of a cluster; replicas of another cluster would have other addresses. */
    static final RaftGroupId GROUP = RaftGroupId.valueOf(UUID.fromString("7d1f9d0e-4a3c-5b0b-9d55-686f6d65726d"));

    private static final Logger LOG = Logger.getLogger(RaftNode.class);

    private final RaftSettings raft;
    private final Settings settings;
    private final CommandMeter meter;
    private final ReplicatedMachine machine;
    private final RaftServer server;
    private final Batcher batcher;
    private final Roster roster;
    private final Standing standing;
    private final Handover handover;
    private final Membership membership;
    private final SnapshotTimer snapshots;
    private final MetaFiles meta;
    private final OpenWindows windows;
    private final WaitEndings waitEndings;
    private final List<Runnable> signals = new CopyOnWriteArrayList<>();
    private @Nullable LeaderWatch watch;

    /**
     * A stopped node; reads nothing yet.
     *
     * @param settings of the core; when this replica leads and the replicated ones differ, it replaces them
     * @param fatal called at most a few times, from any thread
     */
    public RaftNode(RaftSettings raft, Settings settings, CommandMeter meter, Fatal fatal) throws IOException {
        this.raft = raft;
        this.settings = settings;
        this.meter = meter;
        ClientId client = ClientId.randomId();
        Answers answers = new Answers();
        this.machine = new ReplicatedMachine(client, answers, new Leadership(), fatal);
        this.server = RaftServer.newBuilder()
                .setServerId(RaftPeerId.valueOf(raft.nodeId()))
                .setGroup(RaftGroup.valueOf(
                        GROUP, raft.members().stream().map(Roster::peer).toList()))
                .setProperties(RatisProperties.of(raft))
                .setOption(StartupOption.RECOVER)
                .setStateMachine(machine)
                .build();
        this.roster = new Roster(server, raft);
        this.standing = new Standing(server, roster, raft);
        this.batcher = new Batcher(raft.nodeId(), new RaftLogAppender(server, client, answers), meter);
        this.handover = new Handover(server, client, standing, batcher);
        this.membership = new Membership(server, client, raft, roster, standing, handover);
        this.waitEndings = new WaitEndings(raft.nodeId());
        this.snapshots = new SnapshotTimer(server, client, raft);
        this.meta = new MetaFiles(raft);
        this.windows = new OpenWindows(this, InstantSource.system());
    }

    /** Reads snapshot and log and joins the cluster; returns before there is a leader. */
    public void start() throws IOException {
        meta.repair();
        server.start();
        meta.start();
        snapshots.start();
        windows.start();
        Elections elections = new Elections(server);
        watch = new LeaderWatch(
                raft.nodeId(),
                roster::leader,
                roster::members,
                elections::prepare,
                elections::succeed,
                raft.timing().electionTimeoutMax());
    }

    @Override
    public Member self() {
        return raft.self();
    }

    @Override
    public Optional<Member> leader() {
        return roster.leader();
    }

    @Override
    public List<Member> members() {
        return roster.members();
    }

    @Override
    public Cluster cluster() {
        return membership;
    }

    @Override
    public boolean leading() {
        return batcher.leading();
    }

    @Override
    public CompletionStage<Answer> submit(Command command) {
        Answer refusal = Windows.refusal(command);
        return refusal != null ? CompletableFuture.completedFuture(refusal) : batcher.submit(command);
    }

    @Override
    public <T> T stale(Function<State, T> query) {
        return machine.read(query);
    }

    @Override
    public StaleAnswer stale(Command read) {
        if (!StaleReads.allows(read)) {
            throw new IllegalArgumentException("a stale answer is offered for reads only");
        }
        long silence = standing.silenceMillis();
        State captured = machine.read(State::capture);
        return new StaleAnswer(StaleReads.answer(captured, read), captured.index(), silence);
    }

    @Override
    public void listen(WaitListener listener) {
        waitEndings.listen(listener);
    }

    @Override
    public void onApplied(Runnable signal) {
        signals.add(signal);
    }

    /**
     * Hands the leadership over when this replica has it and is not alone, and returns when the successor answers;
     * commands wait meanwhile, and are refused when it does.
     */
    public void handOver() {
        if (batcher.leading() && roster.peers().size() > 1 && handover.run("")) {
            handover.awaitSuccessor();
        }
    }

    /** Hands the leadership over, then stops; a last snapshot is written. */
    @Override
    public void close() throws IOException {
        snapshots.close();
        meta.close();
        windows.close();
        handOver();
        LeaderWatch watching = watch;
        if (watching != null) {
            watching.close();
        }
        batcher.close();
        machine.closing();
        server.close();
        waitEndings.close();
    }

    private final class Leadership implements ReplicatedMachine.Events {
        @Override
        public void leading(long term, State state) {
            LOG.infof("%s leads in term %d", raft.nodeId(), term);
            List<Command> first = new ArrayList<>();
            if (raft.restoredAtMillis() > state.head().epoch()) {
                // Before anything is published, which goes through the same queue.
                first.add(new Command.NewEpoch(raft.restoredAtMillis()));
            }
            if (!state.settings().equals(settings)) {
                first.add(new Command.Configure(settings));
            }
            batcher.lead(term, first);
        }

        @Override
        public void leaderChanged() {
            meter.leaderChanged();
        }

        @Override
        public void following() {
            LOG.infof("%s does not lead any more", raft.nodeId());
            batcher.follow();
        }

        @Override
        public void applied(boolean expiring, List<WaitEnd> waitEnds) {
            batcher.expiring(expiring);
            waitEndings.ended(waitEnds);
            signals.forEach(Runnable::run);
        }

        @Override
        public void resynced() {
            waitEndings.resynced();
        }
    }

    /** What a failure of Ratis means to the caller. */
    static Unanswered unanswered(Throwable failure) {
        return switch (failure) {
            case Unanswered already -> already;
            case LeaderNotReadyException _ -> new Unanswered(Reason.NO_LEADER, "the new leader is not ready yet");
            case LeaderSteppingDownException _ ->
                new Unanswered(Reason.NO_LEADER, "the leadership is being handed over");
            case ResourceUnavailableException _ -> new Unanswered(Reason.OVERLOADED, "the log is behind");
            default ->
                new Unanswered(
                        Reason.INDETERMINATE,
                        "no answer from the log: " + failure.getClass().getSimpleName());
        };
    }
}

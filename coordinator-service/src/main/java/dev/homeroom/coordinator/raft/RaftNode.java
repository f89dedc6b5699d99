package dev.homeroom.coordinator.raft;

import dev.homeroom.coordinator.CommandMeter;
import dev.homeroom.coordinator.Fatal;
import dev.homeroom.coordinator.Member;
import dev.homeroom.coordinator.Replica;
import dev.homeroom.coordinator.Unanswered;
import dev.homeroom.coordinator.Unanswered.Reason;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Settings;
import dev.homeroom.coordinator.core.State;
import dev.homeroom.coordinator.core.Windows;
import java.io.IOException;
import java.time.InstantSource;
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
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.protocol.exceptions.LeaderNotReadyException;
import org.apache.ratis.protocol.exceptions.LeaderSteppingDownException;
import org.apache.ratis.protocol.exceptions.ResourceUnavailableException;
import org.apache.ratis.server.DivisionInfo;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage.StartupOption;
import org.jboss.logging.Logger;

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
    private final ReplicatedMachine machine;
    private final RaftServer server;
    private final RaftLogAppender log;
    private final Batcher batcher;
    private final Handover handover;
    private final SnapshotTimer snapshots;
    private final MetaFiles meta;
    private final OpenWindows windows;
    private final List<Runnable> signals = new CopyOnWriteArrayList<>();

    /**
     * A stopped node; reads nothing yet.
     *
     * @param settings of the core; when this replica leads and the replicated ones differ, it replaces them
     * @param fatal called at most a few times, from any thread
     */
    public RaftNode(RaftSettings raft, Settings settings, CommandMeter meter, Fatal fatal) throws IOException {
        this.raft = raft;
        this.settings = settings;
        ClientId client = ClientId.randomId();
        Answers answers = new Answers();
        this.machine = new ReplicatedMachine(client, answers, new Leadership(), fatal);
        this.server = RaftServer.newBuilder()
                .setServerId(RaftPeerId.valueOf(raft.nodeId()))
                .setGroup(group(raft))
                .setProperties(RatisProperties.of(raft))
                .setOption(StartupOption.RECOVER)
                .setStateMachine(machine)
                .build();
        this.log = new RaftLogAppender(server, client, answers);
        this.batcher = new Batcher(raft.nodeId(), log, meter);
        this.handover = new Handover(server, client, raft);
        this.snapshots = new SnapshotTimer(server, client, raft);
        this.meta = new MetaFiles(raft);
        this.windows = new OpenWindows(this, InstantSource.system());
    }

    private static RaftGroup group(RaftSettings raft) {
        return RaftGroup.valueOf(
                GROUP,
                raft.members().stream()
                        .map(member -> RaftPeer.newBuilder()
                                .setId(member.id())
                                .setAddress(member.raftAddress())
                                .build())
                        .toList());
    }

    /** Reads snapshot and log and joins the cluster; returns before there is a leader. */
    public void start() throws IOException {
        meta.repair();
        server.start();
        meta.start();
        snapshots.start();
        windows.start();
    }

    @Override
    public Member self() {
        return raft.self();
    }

    @Override
    public Optional<Member> leader() {
        RaftPeerId leader = info().map(DivisionInfo::getLeaderId).orElse(null);
        return leader == null
                ? Optional.empty()
                : raft.members().stream()
                        .filter(member -> member.id().equals(leader.toString()))
                        .findFirst();
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
    public void onApplied(Runnable signal) {
        signals.add(signal);
    }

    private Optional<DivisionInfo> info() {
        try {
            return Optional.of(server.getDivision(GROUP).getInfo());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Hands the leadership over when this replica has it and is not alone, then stops; a last snapshot is written. */
    @Override
    public void close() throws IOException {
        snapshots.close();
        meta.close();
        windows.close();
        if (batcher.leading()) {
            handover.run();
        }
        batcher.close();
        machine.closing();
        server.close();
    }

    private final class Leadership implements ReplicatedMachine.Events {
        @Override
        public void leading(long term, State state) {
            LOG.infof("%s leads in term %d", raft.nodeId(), term);
            batcher.lead(term);
            if (!state.settings().equals(settings)) {
                var unused = batcher.submit(new Command.Configure(settings)).exceptionally(failure -> {
                    LOG.warnf("The settings were not replicated: %s", failure.getMessage());
                    return new Answer.Done();
                });
            }
        }

        @Override
        public void following() {
            LOG.infof("%s does not lead any more", raft.nodeId());
            batcher.follow();
        }

        @Override
        public void applied(boolean expiring) {
            batcher.expiring(expiring);
            signals.forEach(Runnable::run);
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

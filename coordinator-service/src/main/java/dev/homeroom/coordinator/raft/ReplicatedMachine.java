package dev.homeroom.coordinator.raft;

import dev.homeroom.coordinator.Fatal;
import dev.homeroom.coordinator.codec.BatchCodec;
import dev.homeroom.coordinator.core.Applied;
import dev.homeroom.coordinator.core.Batch;
import dev.homeroom.coordinator.core.Machine;
import dev.homeroom.coordinator.core.State;
import dev.homeroom.coordinator.core.WaitEnd;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.proto.RaftProtos.StateMachineLogEntryProto;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftGroupMemberId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachineStorage;
import org.apache.ratis.statemachine.TransactionContext;
import org.apache.ratis.statemachine.impl.BaseStateMachine;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.util.LifeCycle;

/**
 * Carries committed batches into the pure core, on Ratis' apply thread, and hands the answers to whoever waits in this
 * process. What it cannot read or apply ends the process: skipping it would let replicas differ.
 */
final class ReplicatedMachine extends BaseStateMachine {
    private final SimpleStateMachineStorage storage = new SimpleStateMachineStorage();
    private final Snapshots snapshots = new Snapshots(storage);
    private final SnapshotWriter writer;
    private final ClientId self;
    private final Answers answers;
    private final Events events;
    private final Fatal fatal;
    /** Held while applying; others take it briefly to read. */
    private final ReentrantLock lock = new ReentrantLock();

    private Machine machine = new Machine();
    private volatile boolean closing;

    /** What the state machine tells the node. All calls come on threads of Ratis: they must be short. */
    interface Events {
        /** This replica leads, and has applied everything committed before its term. */
        void leading(long term, State state);

        /** Another leader than before is known. */
        void leaderChanged();

        /** This replica does not lead any more. */
        void following();

        /** A batch was applied. {@code expiring}: something can expire, so the leader must tick. */
        void applied(boolean expiring, List<WaitEnd> waitEnds);

        /** A snapshot took the place of entries: their outcomes were never seen here. */
        void resynced();
    }

    /** {@code self} names the entries that this process made. */
    ReplicatedMachine(ClientId self, Answers answers, Events events, Fatal fatal) {
        this.self = self;
        this.answers = answers;
        this.events = events;
        this.fatal = fatal;
        this.writer = new SnapshotWriter(snapshots, fatal);
    }

    /** Runs a short query on what is applied so far. */
    <T> T read(Function<State, T> query) {
        lock.lock();
        try {
            return query.apply(machine.state());
        } finally {
            lock.unlock();
        }
    }

    /** Says that the server is about to be closed on purpose: the last snapshot is then written at once. */
    void closing() {
        closing = true;
    }

    @Override
    public void initialize(RaftServer server, RaftGroupId group, RaftStorage raftStorage) throws IOException {
        super.initialize(server, group, raftStorage);
        getLifeCycle().startAndTransition(() -> {
            storage.init(raftStorage);
            snapshots.clean();
            load();
        });
    }

    @Override
    public void pause() {
        writer.await();
        getLifeCycle().transition(LifeCycle.State.PAUSING);
        getLifeCycle().transition(LifeCycle.State.PAUSED);
    }

    @Override
    public void reinitialize() {
        getLifeCycle().startAndTransition(this::load);
        events.resynced();
    }

    private void load() {
        try {
            Snapshots.Loaded loaded = snapshots.load();
            if (loaded != null) {
                lock.lock();
                try {
                    machine = new Machine(loaded.state());
                } finally {
                    lock.unlock();
                }
                setLastAppliedTermIndex(loaded.at());
            }
        } catch (IOException | RuntimeException e) {
            fatal.stop("The newest snapshot cannot be read: " + e.getMessage(), e);
            throw new IllegalStateException("unreadable snapshot", e);
        }
    }

    @Override
    public CompletableFuture<Message> applyTransaction(TransactionContext transaction) {
        LogEntryProto entry = Objects.requireNonNull(transaction.getLogEntry());
        StateMachineLogEntryProto body = entry.getStateMachineLogEntry();
        try {
            Batch batch = BatchCodec.decode(body.getLogData().toByteArray());
            boolean expiring;
            Applied given;
            lock.lock();
            try {
                given = machine.apply(entry.getIndex(), batch);
                expiring = machine.state().expiring();
            } finally {
                lock.unlock();
            }
            updateLastAppliedTermIndex(entry.getTerm(), entry.getIndex());
            if (self.toByteString().equals(body.getClientId())) {
                answers.answer(body.getCallId(), given.answers());
            }
            events.applied(expiring, given.waitEnds());
            return CompletableFuture.completedFuture(Message.EMPTY);
        } catch (RuntimeException e) {
            fatal.stop(
                    "The log entry " + entry.getTerm() + ":" + entry.getIndex() + " cannot be applied: "
                            + e.getMessage(),
                    e);
            throw e;
        }
    }

    @Override
    public StateMachineStorage getStateMachineStorage() {
        return storage;
    }

    /** On the apply thread: captures, and leaves the writing to another one; answers how far snapshots reach. */
    @Override
    public long takeSnapshot() {
        TermIndex at = getLastAppliedTermIndex();
        State captured = read(State::capture);
        return closing ? writer.writeNow(captured, at) : writer.write(captured, at);
    }

    @Override
    public void notifyLeaderReady() {
        RaftServer server = getServer().join();
        try {
            long term = server.getDivision(getGroupId()).getInfo().getCurrentTerm();
            lock.lock();
            try {
                events.leading(term, machine.state());
            } finally {
                lock.unlock();
            }
        } catch (IOException e) {
            fatal.stop("The group of this replica is gone", e);
        }
    }

    @Override
    public void notifyLeaderChanged(RaftGroupMemberId member, RaftPeerId newLeader) {
        events.leaderChanged();
    }

    @Override
    public void notifyNotLeader(Collection<TransactionContext> pending) {
        events.following();
    }

    @Override
    public void notifyLogFailed(Throwable cause, LogEntryProto entry) {
        fatal.stop("The log cannot be written or read: " + cause.getMessage(), cause);
    }

    @Override
    public void notifyServerShutdown(RoleInfoProto role, boolean allServer) {
        if (!closing) {
            fatal.stop(
                    "The Raft server ended by itself; if this member was removed from the cluster, empty its data"
                            + " directory before it is added again",
                    new IllegalStateException("closed by Ratis"));
        }
    }

    @Override
    public void close() {
        writer.close();
    }
}

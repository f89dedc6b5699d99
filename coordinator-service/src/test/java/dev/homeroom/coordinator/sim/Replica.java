package dev.homeroom.coordinator.sim;

import dev.homeroom.coordinator.codec.BatchCodec;
import dev.homeroom.coordinator.codec.SnapshotCodec;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Applied;
import dev.homeroom.coordinator.core.Batch;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.State;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A replica: a disk, the consensus, the core it applies to, and the desk at which it serves while it leads. */
final class Replica extends Party {
    private final int number;
    private final List<Replica> all;
    private final Network network;
    private final Core.Maker maker;
    private final Broker broker;
    private final Witness witness;
    private final Journal journal = new Journal();
    private @Nullable Raft raft;
    private @Nullable Desk desk;
    private Core core;
    private long snapshotAt;

    Replica(
            int number,
            List<Replica> all,
            Schedule schedule,
            Network network,
            Core.Maker maker,
            Broker broker,
            Witness witness) {
        super("replica " + number, schedule);
        this.number = number;
        this.all = all;
        this.network = network;
        this.maker = maker;
        this.broker = broker;
        this.witness = witness;
        this.core = maker.of(new State());
    }

    int number() {
        return number;
    }

    Raft raft() {
        return Objects.requireNonNull(raft);
    }

    private Desk desk() {
        return Objects.requireNonNull(desk);
    }

    State state() {
        return core.state();
    }

    boolean leads() {
        return up() && raft().leads();
    }

    @Override
    void started() {
        desk = new Desk(this);
        core = maker.of(read(journal.snapshot()));
        raft = new Raft(this, journal, network, all);
        snapshotSoon();
    }

    private static State read(Journal.Snapshot snapshot) {
        try {
            return snapshot.index() == 0 ? new State() : SnapshotCodec.read(new ByteArrayInputStream(snapshot.bytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void snapshotSoon() {
        snapshotAt = raft().applied() + 10 + schedule().chance(50);
    }

    /** The bytes of what is applied here. */
    byte[] snapshot() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4_096);
        try {
            SnapshotCodec.write(core.state().capture(), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    Entry append(Batch batch) {
        return raft().append(BatchCodec.decode(BatchCodec.encode(batch)));
    }

    /** A committed entry. */
    void apply(Entry entry) {
        Batch batch = entry.batch();
        if (batch != null) {
            Applied applied = core.apply(entry.index(), batch);
            witness.applied(this, entry, batch, applied, core.state());
            desk().applied(entry.index(), applied);
        }
        if (entry.index() >= snapshotAt) {
            byte[] bytes = snapshot();
            witness.snapshot(this, entry.index(), bytes);
            journal.compact(new Journal.Snapshot(entry.index(), entry.term(), bytes));
            snapshotAt = entry.index() + 10 + schedule().chance(50);
        }
    }

    /** A snapshot from the leader. */
    void load(Journal.Snapshot snapshot) {
        schedule().note(this, snapshot);
        core = maker.of(read(snapshot));
        witness.reached().note("snapshot installed");
        witness.snapshot(this, snapshot.index(), snapshot());
        snapshotSoon();
    }

    void leads(long term) {
        witness.reached().note("leader");
        desk().lead(term);
        new Publisher(this, broker).start(term);
    }

    void follows() {
        desk().follow();
    }

    /** Through the log, when this replica leads; null is "nobody knows". */
    void submit(Command command, Consumer<@Nullable Answer> answer) {
        desk().submit(command, answer);
    }

    @Override
    void receive(Party from, Message message) {
        switch (message) {
            case Message.OfRaft own -> raft().receive((Replica) from, own);
            case Message.Ask ask -> asked(from, ask);
            case Message.Told(Message.Ask ask, Answer answer) ->
                network.send(this, ask.client(), new Message.Told(ask, answer));
            case Message.Write write -> throw new IllegalArgumentException("not for a replica: " + write);
        }
    }

    private void asked(Party from, Message.Ask ask) {
        Replica leader = raft().leader();
        Answer early = raft().leads() ? core.pastTheLog(ask.command()) : null;
        if (early != null) {
            network.send(this, from, new Message.Told(ask, early));
        } else if (raft().leads()) {
            submit(ask.command(), answer -> network.send(this, from, new Message.Told(ask, answer)));
        } else if (leader != null && leader != this && ask.via() == null) {
            network.send(this, leader, new Message.Ask(ask.number(), ask.client(), ask.command(), this));
        } else {
            network.send(this, from, new Message.Told(ask, null));
        }
    }
}

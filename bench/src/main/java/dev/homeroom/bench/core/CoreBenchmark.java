package dev.homeroom.bench.core;

import dev.homeroom.coordinator.codec.BatchCodec;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Applied;
import dev.homeroom.coordinator.core.Batch;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Cursor;
import dev.homeroom.coordinator.core.Kind;
import dev.homeroom.coordinator.core.Machine;
import dev.homeroom.coordinator.core.Profile;
import dev.homeroom.coordinator.core.Request;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The state machine on one thread, in batches as the leader makes them: {@link #SESSIONS} sessions live, the changes of a
 * batch are published before the next (the cursor moves on). Making the commands is counted too.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
public class CoreBenchmark {
    /** Commands in a batch, as {@code Batcher} gathers at most. */
    static final int BATCH = 512;

    static final int SESSIONS = 10_000;
    private static final long WALL = 1_750_000_000_000L;
    private static final long LEASE_MILLIS = 4 * 3_600_000L;
    private static final long STEP_NANOS = 1_000_000;

    private final Machine machine = new Machine();
    private final long[] incarnations = new long[SESSIONS];
    private final long[] seq = new long[SESSIONS];
    private final long[] tokens = new long[SESSIONS];
    private final String[] ids = new String[SESSIONS];
    private long index;
    private int next;

    /** Registers the sessions. */
    public CoreBenchmark() {
        for (int i = 0; i < SESSIONS; i++) {
            ids[i] = "session-" + i;
            Answer answer = apply(List.of(
                            new Command.Register(ids[i], "run-" + i, Profile.NONE, LEASE_MILLIS, 0), published()))
                    .answers()
                    .getFirst();
            incarnations[i] = ((Answer.OneSession) answer).session().incarnation();
        }
    }

    /** Heartbeats only. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public Applied heartbeats() {
        List<Command> commands = new ArrayList<>(BATCH);
        for (int i = 0; i < BATCH; i++) {
            commands.add(heartbeat(session()));
        }
        return apply(commands);
    }

    /** Acquires of free locks and, in the next half of the batch, their releases; all exactly once. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public Applied locks() {
        return pairs(BATCH / 2, 0, false);
    }

    /** A quarter acquires, a quarter releases, half heartbeats. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public Applied mixed() {
        return pairs(BATCH / 4, BATCH / 4, false);
    }

    /** The same as a log entry goes through a replica: encoded by the leader, decoded before it is applied. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public Applied mixedWithCodec() {
        return pairs(BATCH / 4, BATCH / 4, true);
    }

    /** Two entries of {@code locks + beats} commands. */
    private Applied pairs(int locks, int beats, boolean encoded) {
        int first = next;
        List<Command> acquires = new ArrayList<>(locks + beats + 1);
        for (int i = 0; i < locks; i++) {
            int session = session();
            acquires.add(new Command.Acquire(
                    ids[session], incarnations[session], request(session), Kind.LOCK, ids[session], "", 0));
        }
        List<Command> releases = new ArrayList<>(locks + beats + 1);
        for (int i = 0; i < beats; i++) {
            acquires.add(heartbeat(session()));
            releases.add(heartbeat(session()));
        }
        Applied granted = apply(acquires, encoded);
        for (int i = 0; i < locks; i++) {
            int session = (first + i) % SESSIONS;
            tokens[session] =
                    ((Answer.Granted) granted.answers().get(i)).grant().token();
            releases.add(new Command.Release(
                    ids[session], incarnations[session], request(session), Kind.LOCK, ids[session], tokens[session]));
        }
        releases.add(published());
        return apply(releases, encoded);
    }

    private Command heartbeat(int session) {
        return new Command.Heartbeat(ids[session], incarnations[session], seq[session] + 1, -1, List.of());
    }

    private Request request(int session) {
        long fresh = ++seq[session];
        return new Request(fresh, fresh);
    }

    private int session() {
        int session = next;
        next = (next + 1) % SESSIONS;
        return session;
    }

    private Command published() {
        return new Command.CommitCursor(new Cursor(index, Integer.MAX_VALUE));
    }

    private Applied apply(List<Command> commands) {
        return apply(commands, false);
    }

    private Applied apply(List<Command> commands, boolean encoded) {
        Batch batch = new Batch(1, STEP_NANOS, WALL, commands);
        return machine.apply(++index, encoded ? BatchCodec.decode(BatchCodec.encode(batch)) : batch);
    }
}

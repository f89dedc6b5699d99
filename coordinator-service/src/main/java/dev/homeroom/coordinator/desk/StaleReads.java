package dev.homeroom.coordinator.desk;

import dev.homeroom.coordinator.Replica;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Batch;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Machine;
import dev.homeroom.coordinator.core.State;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers reads from what this replica has applied so far, which may be old, without the log: a copy of the state is made
 * in O(1) and asked on the caller's thread. Thread-safe.
 */
public final class StaleReads {
    private final Replica replica;
    private final InstantSource clock;
    private final AtomicLong appliedAt = new AtomicLong(System.nanoTime());

    /**
     * What a read was answered with.
     *
     * @param index log index of the last applied entry
     * @param ageMillis since it was applied; the leader appends at least every 500 ms while any session lives
     */
    public record Stale(Answer answer, long index, long ageMillis) {}

    /** Of this replica. */
    public StaleReads(Replica replica, InstantSource clock) {
        this.replica = replica;
        this.clock = clock;
        replica.onApplied(() -> appliedAt.set(System.nanoTime()));
    }

    /**
     * Answers a read.
     *
     * @throws IllegalArgumentException when the command could change something
     */
    public Stale read(Command command) {
        if (!reads(command)) {
            throw new IllegalArgumentException("not a read: " + command);
        }
        State copy = replica.stale(State::capture);
        long age = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - appliedAt.get());
        long index = copy.index();
        Batch batch = new Batch(copy.term(), 0, clock.millis(), List.of(command));
        Answer answer = new Machine(copy).apply(index + 1, batch).answers().getFirst();
        return new Stale(answer, index, Math.max(0, age));
    }

    private static boolean reads(Command command) {
        return switch (command) {
            case Command.GetSession _,
                    Command.ListSessions _,
                    Command.FindSessions _,
                    Command.GetResource _,
                    Command.ListGrants _,
                    Command.GetLimit _,
                    Command.ListLimits _,
                    Command.GetAffinity _,
                    Command.ListAffinities _,
                    Command.ReadAudit _ -> true;
            default -> false;
        };
    }
}

package dev.homeroom.coordinator;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.State;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** This process's copy of the replicated state. Thread-safe. */
public interface Replica {
    /** This replica's member of the cluster. */
    Member self();

    /** The leader as far as this replica knows; empty during an election. */
    Optional<Member> leader();

    /** Whether this replica leads and takes commands. */
    boolean leading();

    /** Executes a command if this replica leads; else fails with {@link Unanswered}. */
    CompletionStage<Answer> submit(Command command);

    /** Reads what this replica has applied so far, which may be old; {@code query} must be short and keep nothing. */
    <T> T stale(Function<State, T> query);

    /**
     * Answers a read from what this replica has applied so far, and says how long ago it heard of a leader.
     *
     * @throws IllegalArgumentException if the command may change something
     * @throws Unanswered if this replica is not running
     */
    StaleAnswer stale(Command read);

    /** All members as far as this replica knows, itself included unless it was removed or not added yet. */
    List<Member> members();

    /** The membership, changed here if this replica leads; else it fails with {@link Unanswered}. */
    Cluster cluster();

    /** Tells how waits end, from now on. */
    void listen(WaitListener listener);

    /** Calls back after each applied batch, on the apply thread: it must only signal. */
    void onApplied(Runnable signal);
}

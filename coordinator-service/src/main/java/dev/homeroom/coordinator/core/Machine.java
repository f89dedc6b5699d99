package dev.homeroom.coordinator.core;

import java.util.ArrayList;
import java.util.List;

/**
 * The replicated state machine: the same log gives the same state, answers and changes on every replica. For one thread
 * at a time (the apply thread); {@link State#capture()} makes a copy for others.
 */
public final class Machine {
    private final State state;

    /** Begins with an empty state. */
    public Machine() {
        this(new State());
    }

    /** Goes on from a state, as read from a snapshot. */
    public Machine(State state) {
        this.state = state;
    }

    /** The state; only for the apply thread. */
    public State state() {
        return state;
    }

    /**
     * Applies one log entry.
     *
     * @param index its log index, above that of every entry applied before
     * @return the answers, in the order of the commands
     */
    public List<Answer> apply(long index, Batch batch) {
        List<Answer> answers = new ArrayList<>(batch.commands().size());
        throw new UnsupportedOperationException("filled in shortly: " + index + answers.size());
    }
}

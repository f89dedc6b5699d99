package dev.homeroom.coordinator.core;

import java.util.ArrayList;
import java.util.List;

/**
 * The replicated state machine: the same log gives the same state, answers and changes on every replica. For one thread
 * at a time (the apply thread); {@link State#capture()} makes a copy for others.
 */
public final class Machine {
    private final State state;
    private final Decisions decisions;
    private final Evolution evolution;
    private final Promotion promotion;

    /** Begins with an empty state. */
    public Machine() {
        this(new State());
    }

    /** Goes on from a state, as read from a snapshot; it belongs to the machine from now on. */
    public Machine(State state) {
        this(state, new Decisions(state), new Evolution(state), new Promotion(state));
    }

    /** Of parts that tests may replace to break a rule on purpose; all of the same state. */
    Machine(State state, Decisions decisions, Evolution evolution, Promotion promotion) {
        this.state = state;
        this.decisions = decisions;
        this.evolution = evolution;
        this.promotion = promotion;
    }

    /** The state; only for the apply thread. */
    public State state() {
        return state;
    }

    /**
     * Applies one log entry.
     *
     * @param index its log index, above that of every entry applied before
     * @return what came of it
     * @throws IllegalArgumentException when the index is not above; nothing has changed then
     */
    public Applied apply(long index, Batch batch) {
        if (index <= state.index()) {
            throw new IllegalArgumentException("entry " + index + " comes after entry " + state.index());
        }
        evolution.begin(index, batch);
        List<Answer> answers = new ArrayList<>(batch.commands().size());
        for (Command command : batch.commands()) {
            Decision decision = decisions.decide(command);
            evolve(decision.events());
            if (!state.agenda.isEmpty()) {
                follow();
            }
            answers.add(decision.answer());
        }
        return new Applied(answers, evolution.waitEnds());
    }

    /** What follows for those who wait happens before the next command. */
    private void follow() {
        for (List<Event> events = promotion.next(); !events.isEmpty(); events = promotion.next()) {
            evolve(events);
        }
    }

    private void evolve(List<Event> events) {
        for (Event event : events) {
            evolution.evolve(event);
        }
    }
}

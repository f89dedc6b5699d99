package dev.homeroom.coordinator.core;

import dev.homeroom.coordinator.sim.Core;
import java.util.ArrayList;
import java.util.List;

/** The machine, put together anew around a mutation: what {@link Machine} does, but for what the mutation breaks. */
public final class Mutant implements Core {
    private final Mutation mutation;
    private final State state;
    private final Decisions decisions;
    private final Evolution evolution;

    /** Goes on from a state, as a machine does. */
    public Mutant(Mutation mutation, State state) {
        this.mutation = mutation;
        this.state = state;
        this.decisions = new Decisions(state);
        this.evolution = new Evolution(state);
        mutation.restored(state);
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public Applied apply(long index, Batch batch) {
        long wall = state.head.wall();
        long term = state.head.term();
        evolution.begin(index, batch);
        mutation.begun(state, batch, term, wall);
        List<Answer> answers = new ArrayList<>(batch.commands().size());
        for (Command command : batch.commands()) {
            Decision decision = mutation.decide(state, command, decisions);
            for (Event event : decision.events()) {
                evolution.evolve(event);
                mutation.evolved(state, event);
            }
            answers.add(decision.answer());
        }
        return new Applied(answers, List.of());
    }
}

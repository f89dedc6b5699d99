package dev.homeroom.coordinator.core;

import dev.homeroom.coordinator.sim.Core;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The real machine, of parts that a mutation breaks. */
public final class Mutant implements Core {
    private final Mutation mutation;
    private final State state;
    private final Machine machine;

    /** Goes on from a state, as a machine does. */
    public Mutant(Mutation mutation, State state) {
        this.mutation = mutation;
        this.state = state;
        mutation.restored(state);
        this.machine = new Machine(
                state,
                new Decisions(state) {
                    @Override
                    Decision decide(Command command) {
                        return mutation.decide(state, command, super::decide);
                    }
                },
                new Evolution(state) {
                    @Override
                    void begin(long index, Batch batch) {
                        Head before = state.head;
                        super.begin(index, batch);
                        mutation.begun(state, batch, before);
                    }

                    @Override
                    void evolve(Event event) {
                        super.evolve(event);
                        mutation.evolved(state, event);
                    }
                },
                new Promotion(state) {
                    @Override
                    List<Event> next() {
                        return mutation.follow(state, super::next);
                    }
                });
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public Applied apply(long index, Batch batch) {
        return machine.apply(index, batch);
    }

    @Override
    public @Nullable Answer pastTheLog(Command command) {
        if (mutation != Mutation.READ_PAST_THE_LOG || !(command instanceof Command.GetResource)) {
            return null;
        }
        Batch batch = new Batch(state.term(), 0, 0, List.of(command));
        return new Machine(state.capture())
                .apply(state.index() + 1, batch)
                .answers()
                .getFirst();
    }
}

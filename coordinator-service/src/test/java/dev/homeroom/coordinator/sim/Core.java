package dev.homeroom.coordinator.sim;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Applied;
import dev.homeroom.coordinator.core.Batch;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Machine;
import dev.homeroom.coordinator.core.State;
import org.jspecify.annotations.Nullable;

/** What a replica applies its log to: the real machine, or one that was broken on purpose. */
public interface Core {
    /** As {@link Machine#apply}. */
    Applied apply(long index, Batch batch);

    /** As {@link Machine#state}. */
    State state();

    /** Answers a command at once, past the log; null, as it must be: nothing is. */
    default @Nullable Answer pastTheLog(Command command) {
        return null;
    }

    /** Makes one that goes on from a state: empty, or read from a snapshot. */
    @FunctionalInterface
    interface Maker {
        /** From this state, which it owns from now on. */
        Core of(State state);
    }

    /** The real one. */
    static Core real(State state) {
        Machine machine = new Machine(state);
        return new Core() {
            @Override
            public Applied apply(long index, Batch batch) {
                return machine.apply(index, batch);
            }

            @Override
            public State state() {
                return machine.state();
            }
        };
    }
}

package dev.homeroom.coordinator;

import dev.homeroom.coordinator.core.Command;

/** What is measured of commands on their way. Thread-safe, and cheap. */
public interface CommandMeter {
    /** Measures nothing. */
    CommandMeter NONE = new CommandMeter() {
        @Override
        public void submitted(Command command) {}

        @Override
        public void batch(int commands, int bytes, long nanos, boolean committed) {}

        @Override
        public void refused() {}
    };

    /** An interface of this replica submitted a command. */
    void submitted(Command command);

    /** A batch of so many commands and bytes was answered, or lost, so long after it was appended. */
    void batch(int commands, int bytes, long nanos, boolean committed);

    /** A command was refused because too many wait. */
    void refused();

    /** This replica heard of another leader than before, or became it. */
    default void leaderChanged() {}
}

package dev.homeroom.coordinator.sim;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What parties say to each other. */
sealed interface Message {
    /** Between replicas, of the consensus. */
    sealed interface OfRaft extends Message {
        long term();
    }

    /** Asks for a vote. */
    record Vote(long term, long lastIndex, long lastTerm) implements OfRaft {}

    /** Gives or refuses it. */
    record Voted(long term, boolean granted) implements OfRaft {}

    /** Entries of a leader, after the one at {@code prevIndex}. */
    record Append(long term, long prevIndex, long prevTerm, List<Entry> entries, long commit) implements OfRaft {
        @Override
        public String toString() {
            return "Append[term=" + term + ", after " + prevIndex + ": " + entries.size() + ", commit=" + commit + "]";
        }
    }

    /** What a follower has: with {@code ok} all up to {@code index} as the leader, else it may match up to there. */
    record Appended(long term, boolean ok, long index) implements OfRaft {}

    /** A snapshot for a follower that lags. */
    record Install(long term, Journal.Snapshot snapshot) implements OfRaft {}

    /**
     * A command, from a client or from the replica that passes it on.
     *
     * @param number names the submission at its client
     * @param via the replica that passed it on, which passes back the answer
     */
    record Ask(
            long number,
            Party client,
            Command command,
            @Nullable Replica via) implements Message {}

    /**
     * What came of it.
     *
     * @param answer null: nobody knows whether it will be executed, or there is no leader
     */
    record Told(Ask ask, @Nullable Answer answer) implements Message {}

    /** A holder writes to a resource outside, with its token. */
    record Write(String resource, long token, String owner) implements Message {}
}

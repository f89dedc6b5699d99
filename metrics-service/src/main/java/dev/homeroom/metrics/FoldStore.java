package dev.homeroom.metrics;

import dev.homeroom.metrics.core.Student;
import java.time.Instant;
import java.util.List;

/** Where the fold keeps events, states, episodes, figures and offsets, all in one transaction. Calls block. */
public interface FoldStore {
    /** How a transaction ended. */
    sealed interface Result {}

    /**
     * It is done.
     *
     * @param folded what was written
     * @param fresh how many of the events were new
     * @param erasures grows whenever somebody is to be forgotten: what is in memory of others may be of them, too
     */
    record Committed(Folding.Folded folded, int fresh, long erasures) implements Result {}

    /** Somebody else has moved the partition on: nothing was written, and what is in memory is worth nothing. */
    record Fenced() implements Result {}

    /** The store will never take these data. Nothing was written. */
    record Refused(String reason) implements Result {}

    /** The store cannot be reached or asks to try again. Whether something was written is known by the next try. */
    record Unavailable(String reason) implements Result {}

    /**
     * Where a partition stands.
     *
     * @param next the offset that the fold has not seen yet
     * @param topicId of the topic when the partition was first opened
     */
    record Position(long next, String topicId) {}

    /**
     * Where {@code partition} stands; a partition never seen starts at {@code earliest}.
     *
     * @throws StoreUnavailableException when the store cannot be reached
     */
    Position position(String topic, int partition, String topicId, long earliest);

    /**
     * Moves a partition over records that are lost, and keeps a note of the loss.
     *
     * @return whether the partition stood at {@code position}; otherwise nothing was done
     * @throws StoreUnavailableException when the store cannot be reached
     */
    boolean skip(String topic, int partition, Position position, Position to, String reason);

    /** Writes a slice and what {@code folding} makes of it; never throws for what the store answers. */
    Result commit(Slice slice, Folding folding);

    /**
     * Students of a partition whose silence is worth announcing at {@code now}.
     *
     * @throws StoreUnavailableException when the store cannot be reached
     */
    List<Student> silent(int partition, Instant now, int limit);
}

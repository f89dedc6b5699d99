package dev.homeroom.bench.queue;

import dev.homeroom.bench.load.Step;
import java.util.Optional;

/** A queue on the PostgreSQL of the run. */
public interface TaskSystem extends AutoCloseable {
    /** Its name in the figures. */
    String system();

    /** From where it is called: {@code engine} (the same process) or {@code wire} (HTTP). */
    String level();

    /** Forgets all tasks. */
    void clear();

    /** Adds tasks that are due. */
    void fill(int tasks);

    /** What a caller does again and again; empty when the system has nothing of the kind. */
    Optional<Step> step(Load load);

    /** Whether its own threads fetch the tasks, so that turns have no latency. */
    default boolean pulls() {
        return false;
    }

    @Override
    void close();

    /**
     * A load.
     *
     * @param operation its name in the figures
     * @param callers how many at once
     * @param tasks of one request
     */
    record Load(String operation, int callers, int tasks) {
        /** One task a request. */
        static final String ENQUEUE = "enqueue";
        /** Many tasks a request. */
        static final String ENQUEUE_BATCH = "enqueue batch";
        /** A turn is a claim of one task and its completion, each durable before the next begins. */
        static final String CLAIM = "claim+complete";
        /** The same with many tasks. */
        static final String CLAIM_BATCH = "claim+complete batch";

        /** Whether tasks have to be there before. */
        public boolean claims() {
            return operation.startsWith(CLAIM);
        }
    }
}

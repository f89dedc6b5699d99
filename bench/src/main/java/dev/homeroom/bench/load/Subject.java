package dev.homeroom.bench.load;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A system that can be put under a load. */
public interface Subject extends AutoCloseable {
    /** Its name in the figures. */
    String system();

    /** How many servers it has. */
    int nodes();

    /** Their processes. */
    List<Long> pids();

    /** Prepares a load; empty when the system has nothing of the kind. */
    Optional<Prepared> prepare(Load load);

    @Override
    void close();

    /**
     * What the callers shall do.
     *
     * @param operation its name in the figures
     * @param callers how many at once
     */
    record Load(String operation, int callers) {}

    /**
     * A load that is ready to run.
     *
     * @param step one turn of a caller
     * @param unitsPerTurn operations in it, such as the heartbeats of a message
     * @param shape what the figures say of it besides
     * @param after ends what was opened for it
     */
    record Prepared(Step step, int unitsPerTurn, Map<String, Object> shape, Runnable after) {
        /** One operation a turn, nothing to say, nothing to end. */
        public static Optional<Prepared> of(Step step) {
            return Optional.of(new Prepared(step, 1, Map.of(), () -> {}));
        }

        /** The same, with something to say. */
        public static Optional<Prepared> of(Step step, Map<String, Object> shape) {
            return Optional.of(new Prepared(step, 1, shape, () -> {}));
        }
    }
}

package dev.homeroom.metrics;

import dev.homeroom.contracts.usability.MetricEvent;
import java.util.List;

/** Where accepted metric events go: to the broker, durably. Safe for any thread. */
public interface EventSink {
    /**
     * Returns once the broker holds every one of these events; blocks for a bounded time, so call it on a virtual thread.
     *
     * @param source the CloudEvents source: the app that published them
     * @throws NotTaken when at least one of them may be missing; sending all of them again is harmless
     */
    void publish(String source, List<MetricEvent> events) throws NotTaken;

    /** Not every event is known to be with the broker. */
    final class NotTaken extends Exception {
        private static final long serialVersionUID = 1;

        private final boolean overloaded;

        /**
         * @param overloaded whether there is too much on the way already; otherwise the broker cannot be reached
         */
        public NotTaken(String message, boolean overloaded) {
            super(message, null, false, false);
            this.overloaded = overloaded;
        }

        /** Whether there is too much on the way already; otherwise the broker cannot be reached in time. */
        public boolean overloaded() {
            return overloaded;
        }
    }
}

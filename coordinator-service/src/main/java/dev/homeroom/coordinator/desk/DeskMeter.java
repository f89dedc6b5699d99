package dev.homeroom.coordinator.desk;

import dev.homeroom.coordinator.core.Kind;
import dev.homeroom.coordinator.core.Strategy;

/** What is measured of acquiring (requirement R-L8). Thread-safe, and cheap. */
public interface DeskMeter {
    /** Measures nothing. */
    DeskMeter NONE = new DeskMeter() {
        @Override
        public void acquired(Kind kind, Strategy strategy, Outcome outcome) {}

        @Override
        public void waited(Outcome outcome, long millis) {}

        @Override
        public void retried() {}

        @Override
        public void refused() {}
    };

    /** What came of an acquire. */
    enum Outcome {
        /** It is held now. */
        GRANTED,
        /** Somebody else holds it. */
        CONFLICT,
        /** Waiting for it would never end. */
        DEADLOCK,
        /** It was refused for another reason. */
        REJECTED,
        /** There was no answer. */
        UNANSWERED,
        /** The client went away. */
        ABANDONED
    }

    /** An acquire ended; of several at once, {@code kind} is that of the first. */
    void acquired(Kind kind, Strategy strategy, Outcome outcome);

    /** Somebody waited so long, in the queue or between tries. */
    void waited(Outcome outcome, long millis);

    /** A conflict was tried again. */
    void retried();

    /** A caller with too much in flight was refused. */
    void refused();
}

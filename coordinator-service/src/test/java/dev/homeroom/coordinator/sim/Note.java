package dev.homeroom.coordinator.sim;

/** What the trace tells, formed only when it is read. */
sealed interface Note {
    /** A message that does not arrive. */
    record Lost(Party to, Message message) implements Note {}

    /** A client asks. */
    record Asks(Party to, Object command) implements Note {}

    /** A client is answered. */
    record Answered(Object command, Object outcome) implements Note {}

    /** A leader appends a batch. */
    record Appends(long index, Object batch) implements Note {}

    /** A replica applies a batch for the first time anywhere. */
    record Applies(long index, Object outcome) implements Note {}
}

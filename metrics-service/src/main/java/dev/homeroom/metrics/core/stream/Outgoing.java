package dev.homeroom.metrics.core.stream;

/** What a client is told. */
public sealed interface Outgoing {
    /** The stream of a classroom starts after this position: the next number is {@code seq + 1}. */
    record Hello(String classroom, Position after) implements Outgoing {}

    /** The next change. */
    record Alert(Change change) implements Outgoing {}

    /** Figures; later ones replace them. */
    record Figures(Rollup rollup) implements Outgoing {}

    /** These numbers cannot be had any more; a snapshot follows. */
    record Gap(String classroom, String epoch, long from, long to) implements Outgoing {}

    /** All alerts as they are; the next number is {@code seq + 1}. */
    record Whole(Snapshot snapshot) implements Outgoing {}

    /** Something the client sent is not taken. */
    record Problem(Fault fault, String detail) implements Outgoing {}

    /** What was wrong with it. */
    enum Fault {
        /** No frame of ours. */
        MALFORMED,
        /** A frame with a value that is not allowed. */
        INVALID,
        /** A classroom the token does not name. */
        FORBIDDEN,
        /** A bound would be passed. */
        TOO_MANY
    }
}

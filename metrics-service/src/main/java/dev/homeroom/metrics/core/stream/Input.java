package dev.homeroom.metrics.core.stream;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens to the hub. */
public sealed interface Input {
    /** A client connected. */
    record Opened(long connection, Viewer viewer) implements Input {}

    /** A connection is gone; everything about it is forgotten. */
    record Closed(long connection) implements Input {}

    /** A client wants classrooms from where it left off, by what is stored of it. */
    record Subscribe(long connection, String device, List<String> classrooms) implements Input {
        public Subscribe {
            classrooms = List.copyOf(classrooms);
        }
    }

    /** A client wants a classroom from a position it knows; without one, from now on, with a snapshot. */
    record Resume(
            long connection,
            @Nullable String device,
            String classroom,
            @Nullable Position position) implements Input {}

    /** A client has every change up to a position. */
    record Received(long connection, String classroom, Position position) implements Input {}

    /** A client sent something that is no frame. */
    record Unreadable(long connection, Outgoing.Fault fault, String detail) implements Input {}

    /** A frame has left for the client. */
    record Written(long connection) implements Input {}

    /** A client gave a sign of life beside frames. */
    record Heard(long connection) implements Input {}

    /** A change came from the topic. */
    record Changed(Change change) implements Input {}

    /** Figures came from the topic. */
    record Counted(Rollup rollup) implements Input {}

    /** What is stored as received; null when nothing is. */
    record ReceiptFound(
            long connection, String classroom, @Nullable Position position) implements Input {}

    /** What is stored could not be read. */
    record ReceiptFailed(long connection, String classroom) implements Input {}

    /** An answer to {@link World#readHistory}. */
    record HistoryRead(History history) implements Input {}

    /** No answer to it. */
    record HistoryFailed(String classroom, long after) implements Input {}

    /** An answer to {@link World#readSnapshot}. */
    record SnapshotRead(Snapshot snapshot) implements Input {}

    /** No answer to it. */
    record SnapshotFailed(String classroom) implements Input {}

    /** Some time has passed; several times a second. */
    record Tick() implements Input {}
}

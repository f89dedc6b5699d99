package dev.homeroom.metrics.stream;

import dev.homeroom.metrics.core.stream.Position;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What clients have received, durably. Safe for any thread; nothing here blocks, every wait has a time limit. */
public interface Receipts {
    /**
     * A device of a subject, reading a classroom.
     *
     * @param subject by the token
     * @param device the client's own name for itself
     */
    record Key(String subject, String device, String classroom) {}

    /** What is stored. */
    CompletionStage<Optional<Position>> find(Key key);

    /**
     * Stores a position some time soon; the highest of an epoch stays, another epoch replaces. Of several waiting for the
     * same key only the last is stored; a failure is tried again until a later one comes.
     */
    void keep(Key key, Position position);
}

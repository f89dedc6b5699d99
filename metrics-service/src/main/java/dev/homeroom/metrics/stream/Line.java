package dev.homeroom.metrics.stream;

import dev.homeroom.metrics.core.stream.Ending;
import dev.homeroom.metrics.core.stream.Outgoing;
import java.util.concurrent.CompletionStage;

/** A connection to a client, as the hub's thread uses it. Neither method may block. */
public interface Line {
    /** Puts a frame on its way; completes when it has left, fails when the connection is gone. */
    CompletionStage<Void> send(Outgoing frame);

    /** Closes the connection. */
    void close(Ending why);
}

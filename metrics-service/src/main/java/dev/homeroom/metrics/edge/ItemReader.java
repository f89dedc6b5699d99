package dev.homeroom.metrics.edge;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/** Reads one item of a body: an event, a statement. Used by one thread at a time. */
public interface ItemReader {
    /**
     * Reads the value the parser stands on, however bad, and leaves the parser at its end.
     *
     * @throws IOException when it is not JSON; nothing after it can be read
     */
    Reading read(JsonParser in) throws IOException;
}

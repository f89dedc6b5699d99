package dev.homeroom.local.stack;

import java.io.IOException;
import java.util.List;

/** One part's process: how it is started, asked and stopped. Used by one {@link Keeper}. */
interface Unit {
    /** Starts the process and returns at once. */
    Process launch() throws IOException;

    /** Whether it answers now; bounded by a few seconds. */
    boolean isReady();

    /** The last lines that it wrote. */
    List<String> lastWords();

    /** Stops it: first politely, after a time by force. Returns when it is gone. */
    void stop();
}

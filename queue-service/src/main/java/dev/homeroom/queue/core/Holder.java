package dev.homeroom.queue.core;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who holds a task, as others may see it.
 *
 * @param session the session
 * @param incarnation which run of it, 0 when not known
 * @param host its machine
 * @param tty its terminal
 * @param repo the repository it works in
 * @param branch the branch it works on
 * @param directory the directory it works in
 * @param heartbeatAge how old its last heartbeat is; null when the coordinator could not be asked
 * @param since since when
 * @param deadline until when
 */
public record Holder(
        String session,
        long incarnation,
        @Nullable String host,
        @Nullable String tty,
        @Nullable String repo,
        @Nullable String branch,
        @Nullable String directory,
        @Nullable Duration heartbeatAge,
        @Nullable Instant since,
        @Nullable Instant deadline) {

    /** A holder of whom only the task's row tells. */
    public static Holder known(String session, long incarnation, @Nullable Instant deadline) {
        return new Holder(session, incarnation, null, null, null, null, null, null, null, deadline);
    }
}

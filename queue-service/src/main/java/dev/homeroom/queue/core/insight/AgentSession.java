package dev.homeroom.queue.core.insight;

import dev.homeroom.queue.core.Holder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session as the coordinator knows it.
 *
 * @param who where it works, and the age of its heartbeat
 * @param status the coordinator's word: starting, active, idle, stale, failed, released
 * @param capabilities what it can do
 * @param tasks how many tasks it holds
 * @param most how many it may hold at once
 */
public record AgentSession(Holder who, String status, List<String> capabilities, int tasks, int most) {
    /** The session's id. */
    public String id() {
        return who.session();
    }

    /** How old its last heartbeat is. */
    public @Nullable Duration heartbeatAge() {
        return who.heartbeatAge();
    }

    /** Whether it has not ended. */
    public boolean live() {
        return !status.equals("failed") && !status.equals("released");
    }

    /** Whether it lives but shows no progress. */
    public boolean stale() {
        return status.equals("stale");
    }

    /** Whether it holds as many tasks as it may. */
    public boolean full() {
        return tasks >= most;
    }

    /** What of these it cannot do. */
    public List<String> lacks(List<String> needed) {
        return needed.stream().filter(one -> !capabilities.contains(one)).toList();
    }

    /** The session as the holder of a claim. */
    public Holder holding(@Nullable Instant since, @Nullable Instant deadline) {
        return new Holder(
                who.session(),
                who.incarnation(),
                who.host(),
                who.tty(),
                who.repo(),
                who.branch(),
                who.directory(),
                who.heartbeatAge(),
                since,
                deadline);
    }
}

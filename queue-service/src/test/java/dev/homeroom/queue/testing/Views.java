package dev.homeroom.queue.testing;

import dev.homeroom.queue.core.Holder;
import dev.homeroom.queue.core.Place;
import dev.homeroom.queue.core.TaskGrant;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an {@link InMemoryAuthority} shows of its grants; its times are milliseconds since the epoch. */
final class Views {
    private static final String PREFIX = "task/";

    private Views() {}

    /** A grant as its holder gets it. */
    static TaskGrant grant(UUID task, long token, long deadline, long now) {
        return new TaskGrant(task, token, Instant.EPOCH.plusMillis(deadline), Duration.ofMillis(deadline - now));
    }

    /** Somebody who holds, or could hold, a task. */
    static Holder holder(
            String session,
            long incarnation,
            Place place,
            Duration heartbeatAge,
            @Nullable Instant since,
            @Nullable Instant deadline) {
        return new Holder(
                session, incarnation, place.host(), null, place.repo(), null, null, heartbeatAge, since, deadline);
    }

    /** The name of a task's claim. */
    static String name(UUID task) {
        return PREFIX + task;
    }

    /** The task whose claim has this name. */
    static UUID task(String name) {
        return UUID.fromString(name.substring(PREFIX.length()));
    }
}

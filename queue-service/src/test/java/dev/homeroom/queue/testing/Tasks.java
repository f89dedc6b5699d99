package dev.homeroom.queue.testing;

import dev.homeroom.platform.event.EventIds;
import dev.homeroom.queue.core.IdempotencyKey;
import dev.homeroom.queue.core.NewTask;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Tasks for tests. */
public final class Tasks {
    private Tasks() {}

    /** An ordinary task. */
    public static NewTask task() {
        return task("build", 5);
    }

    /** A task of this type and priority. */
    public static NewTask task(String type, int priority) {
        return new NewTask(
                EventIds.fresh(),
                type,
                "{\"n\":1}",
                null,
                priority,
                null,
                Duration.ZERO,
                null,
                4,
                List.of(),
                List.of(),
                null,
                null,
                "t");
    }

    /** A task of a lesson. */
    public static NewTask ofLesson(String lesson) {
        return new NewTask(
                EventIds.fresh(),
                "build",
                "{}",
                null,
                5,
                lesson,
                Duration.ZERO,
                null,
                4,
                List.of(),
                List.of(),
                null,
                null,
                "t");
    }

    /** A task that may be attempted so often. */
    public static NewTask withAttempts(int most) {
        return new NewTask(
                EventIds.fresh(),
                "build",
                "{}",
                null,
                5,
                null,
                Duration.ZERO,
                null,
                most,
                List.of(),
                List.of(),
                null,
                null,
                "t");
    }

    /** A task that only a session that can do this may get. */
    public static NewTask requiring(String capability) {
        return new NewTask(
                EventIds.fresh(),
                "build",
                "{}",
                null,
                5,
                null,
                Duration.ZERO,
                null,
                4,
                List.of(),
                List.of(capability),
                null,
                null,
                "t");
    }

    /** A task that is due later. */
    public static NewTask later(Duration delay) {
        return new NewTask(
                EventIds.fresh(), "build", "{}", null, 5, null, delay, null, 4, List.of(), List.of(), null, null, "t");
    }

    /** A task with an idempotency key. */
    public static NewTask keyed(String key, String payload) {
        var hash = new IdempotencyKey(key, hash(key), hash(payload));
        return new NewTask(
                EventIds.fresh(),
                "build",
                payload,
                hash,
                5,
                null,
                Duration.ZERO,
                null,
                4,
                List.of(),
                List.of(),
                null,
                null,
                "t");
    }

    private static UUID hash(String text) {
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}

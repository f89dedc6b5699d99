package dev.homeroom.queue.http;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.homeroom.queue.core.Task;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A task in an answer; see {@link Task} for the fields. {@code claimedBy} is the session that holds it. */
public record TaskView(
        UUID id,
        String type,
        @JsonRawValue String payload,
        @Nullable String idempotencyKey,
        int priority,
        @Nullable String lesson,
        Instant runAt,
        int maxAttempts,
        List<String> limits,
        List<String> capabilities,
        @Nullable String resolver,
        @Nullable Instant deadline,
        Instant createdAt,
        String status,
        int version,
        int attempt,
        @Nullable Boolean duplicate,
        @Nullable String claimedBy,
        @Nullable Long token,
        @Nullable Instant claimDeadline,
        @JsonRawValue @Nullable String result,
        @Nullable String error) {
    static TaskView of(Task task) {
        return of(task, null);
    }

    static TaskView of(Task task, @Nullable Boolean duplicate) {
        return new TaskView(
                task.id(),
                task.type(),
                task.payload(),
                task.idempotencyKey(),
                task.priority(),
                task.lesson(),
                task.runAt(),
                task.maxAttempts(),
                task.limits(),
                task.capabilities(),
                task.resolver(),
                task.deadline(),
                task.createdAt(),
                task.status().word(),
                task.version(),
                task.attempt(),
                duplicate,
                task.hold().session(),
                task.hold().token() == 0 ? null : task.hold().token(),
                task.hold().deadline(),
                task.result(),
                task.error());
    }
}

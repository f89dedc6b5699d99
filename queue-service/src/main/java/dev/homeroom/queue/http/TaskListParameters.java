package dev.homeroom.queue.http;

import dev.homeroom.queue.core.TaskFilter;
import dev.homeroom.queue.core.TaskStatus;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Which tasks a list is about, as the address says it: all that is given must hold. */
public class TaskListParameters {
    /** Any of these. */
    @RestQuery
    @Parameter(description = "pending, claimed, completed, skipped, failed, cancelled; several by commas or repeated.")
    public @Nullable List<String> status;

    /** Exactly. */
    @RestQuery
    @Parameter(description = "Of this type.")
    public @Nullable String type;

    /** Exactly. */
    @RestQuery
    @Parameter(description = "Of this lesson.")
    public @Nullable String lesson;

    /** Exactly. */
    @RestQuery
    @Parameter(description = "Of the lessons with this learning objective.")
    public @Nullable String objective;

    /** Exactly. */
    @RestQuery
    @Parameter(description = "Held by this session now.")
    public @Nullable String session;

    /** Exactly. */
    @RestQuery
    @Parameter(description = "Of this priority, 0 to 9.")
    public @Nullable String priority;

    /** Exactly. */
    @RestQuery
    @Parameter(description = "With this resolver hint.")
    public @Nullable String resolver;

    /** Exactly. */
    @RestQuery
    @Parameter(description = "The one task with this key.")
    public @Nullable String idempotencyKey;

    /** One of the task's. */
    @RestQuery
    @Parameter(description = "Needs a permit of this limit.")
    public @Nullable String limitKey;

    /** Inclusive. */
    @RestQuery
    @Parameter(description = "Enqueued at or after this instant.")
    public @Nullable String createdAfter;

    /** Exclusive. */
    @RestQuery
    @Parameter(description = "Enqueued before this instant.")
    public @Nullable String createdBefore;

    /** A part of type or error. */
    @RestQuery
    @Parameter(
            description = "A part of the type or of the last error, 1 to 200 characters, in capital or small letters.")
    public @Nullable String q;

    /** The checked filter. */
    TaskFilter filter() {
        var key = Checks.optionalName("idempotencyKey", idempotencyKey);
        return new TaskFilter(
                statuses(),
                Checks.optionalName("type", type),
                Checks.optionalName("lesson", lesson),
                Checks.optionalName("objective", objective),
                Checks.optionalName("session", session),
                priority(),
                Checks.optionalName("resolver", resolver),
                key == null ? null : TaskIntake.hash(key),
                Checks.optionalName("limitKey", limitKey),
                instant("createdAfter", createdAfter),
                instant("createdBefore", createdBefore),
                Checks.optionalName("q", q));
    }

    private Set<TaskStatus> statuses() {
        if (status == null) {
            return Set.of();
        }
        return status.stream()
                .flatMap(words -> Arrays.stream(words.split(",", -1)))
                .map(TaskListParameters::status)
                .collect(Collectors.toUnmodifiableSet());
    }

    private @Nullable Integer priority() {
        if (priority == null) {
            return null;
        }
        if (!priority.matches("[0-9]")) {
            throw Checks.invalid("priority: must be from 0 to 9.");
        }
        return Integer.valueOf(priority);
    }

    private static TaskStatus status(String word) {
        try {
            return TaskStatus.of(word);
        } catch (IllegalArgumentException e) {
            throw Checks.invalid("status: must be one of pending, claimed, completed, skipped, failed, cancelled.");
        }
    }

    private static @Nullable Instant instant(String field, @Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            throw Checks.invalid(field + ": must be an ISO-8601 instant such as 2026-11-01T08:00:00.000Z.");
        }
    }
}

package dev.homeroom.queue.http;

import dev.homeroom.platform.security.Roles;
import dev.homeroom.queue.TaskQueue;
import dev.homeroom.queue.core.Enqueued;
import dev.homeroom.queue.core.QueueException;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Tasks come in: one, or a batch as a JSON array or as lines (R-Q1, R-Q11). */
@Path("/api/tasks")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.AGENT, Roles.OPERATOR})
public class EnqueueResource {
    private static final String NDJSON = "application/x-ndjson";

    private final TaskQueue queue;
    private final TaskIntake intake;
    private final BatchReader reader;
    private final SecurityIdentity identity;

    /** On this queue. */
    public EnqueueResource(TaskQueue queue, TaskIntake intake, BatchReader reader, SecurityIdentity identity) {
        this.queue = queue;
        this.intake = intake;
        this.reader = reader;
        this.identity = identity;
    }

    /** Enqueues one task: 201, or 200 with {@code duplicate} when its key is known. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public CompletionStage<Response> enqueue(@Nullable TaskBody body) {
        return Answers.of(CompletableFuture.completedStage(body)
                .thenApply(given -> intake.task(Checks.present("The body", given), subject()))
                .thenCompose(queue::enqueue)
                .thenApply(EnqueueResource::answer));
    }

    /** Enqueues a JSON array of tasks. */
    @POST
    @Path("/batch")
    @Consumes(MediaType.APPLICATION_JSON)
    @Blocking
    public CompletionStage<BatchAnswer> array(byte[] body) {
        return batch(() -> reader.array(body, subject()));
    }

    /** Enqueues tasks, one a line; a bad line is reported with its number and loses nothing else. */
    @POST
    @Path("/batch")
    @Consumes(NDJSON)
    @Blocking
    public CompletionStage<BatchAnswer> lines(byte[] body) {
        return batch(() -> reader.lines(body, subject()));
    }

    private interface Reading {
        Batch read();
    }

    private CompletionStage<BatchAnswer> batch(Reading reading) {
        var batch = reading.read();
        return Answers.of(queue.enqueue(batch.tasks()).thenApply(batch::answer));
    }

    private String subject() {
        return Checks.subject(identity);
    }

    private static Response answer(Enqueued enqueued) {
        return switch (enqueued) {
            case Enqueued.Accepted(var task) ->
                Response.status(Response.Status.CREATED)
                        .entity(TaskView.of(task, false))
                        .build();
            case Enqueued.Duplicate(var task) ->
                Response.ok(TaskView.of(task, true)).build();
            case Enqueued.LessonUnknown(var rejection) -> throw new QueueException(rejection);
            case Enqueued.KeyTaken(var rejection) -> throw new QueueException(rejection);
            case Enqueued.Late(var rejection) -> throw new QueueException(rejection);
        };
    }
}

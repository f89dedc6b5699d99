package dev.homeroom.queue.http;

import dev.homeroom.platform.security.Roles;
import dev.homeroom.queue.TaskQueue;
import dev.homeroom.queue.core.TaskStore;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Looking on (R-Q12). */
@Path("/api/tasks")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.OPERATOR, Roles.AGENT})
public class TaskResource {
    private final TaskQueue queue;
    private final TaskStore store;

    /** On this queue and its store. */
    public TaskResource(TaskQueue queue, TaskStore store) {
        this.queue = queue;
        this.store = store;
    }

    /** The steps of a task, the first one first. */
    public record History(List<ReceiptView> items) {}

    /** One task. */
    @GET
    @Path("/{id}")
    public CompletionStage<TaskView> get(@PathParam("id") UUID id) {
        return Answers.of(queue.find(id).thenApply(TaskView::of));
    }

    /** Every step it took, as long as history is kept. */
    @GET
    @Path("/{id}/history")
    public CompletionStage<History> history(@PathParam("id") UUID id) {
        return Answers.of(queue.find(id)
                .thenCompose(task -> store.history(task.id()))
                .thenApply(
                        steps -> new History(steps.stream().map(ReceiptView::of).toList())));
    }
}

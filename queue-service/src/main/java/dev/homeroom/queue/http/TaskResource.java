package dev.homeroom.queue.http;

import dev.homeroom.platform.security.Roles;
import dev.homeroom.queue.TaskQueue;
import dev.homeroom.queue.core.TaskCounts;
import dev.homeroom.queue.core.TaskStore;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Looking on (R-Q10, R-Q12). */
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

    /** How many tasks stand where; {@code due} and {@code oldestDue} are of the pending ones. */
    public record Stats(
            Map<String, Long> byStatus, long due, @Nullable Instant oldestDue) {
        static Stats of(TaskCounts counts) {
            var byStatus = new TreeMap<String, Long>();
            counts.byStatus().forEach((status, tasks) -> byStatus.put(status.word(), tasks));
            return new Stats(byStatus, counts.due(), counts.oldestDue());
        }
    }

    /** The steps of a task, the first one first. */
    public record History(List<ReceiptView> items) {}

    /** How many tasks stand where. */
    @GET
    @Path("/stats")
    public CompletionStage<Stats> stats() {
        return Answers.of(store.counts().thenApply(Stats::of));
    }

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

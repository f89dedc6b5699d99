package dev.homeroom.queue.http;

import dev.homeroom.platform.page.Limit;
import dev.homeroom.platform.page.Page;
import dev.homeroom.platform.security.Roles;
import dev.homeroom.queue.TaskQueue;
import dev.homeroom.queue.core.TaskUpkeep;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Looking on (R-Q12). */
@Path("/api/tasks")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.OPERATOR, Roles.AGENT})
public class TaskResource {
    private final TaskQueue queue;
    private final TaskUpkeep upkeep;

    /** On this queue. */
    public TaskResource(TaskQueue queue, TaskUpkeep upkeep) {
        this.queue = queue;
        this.upkeep = upkeep;
    }

    /** One task. */
    @GET
    @Path("/{id}")
    public CompletionStage<TaskView> get(@PathParam("id") UUID id) {
        return Answers.of(queue.find(id).thenApply(TaskView::of));
    }

    /** Every step it took, as long as history is kept, the first one first. */
    @GET
    @Path("/{id}/history")
    public CompletionStage<Page<ReceiptView>> history(
            @PathParam("id") UUID id,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable Integer limit) {
        int most = Limit.of(limit);
        return Answers.of(queue.find(id)
                .thenCompose(task -> upkeep.history(task.id(), version(after), most + 1))
                .thenApply(steps -> {
                    var items = steps.stream().limit(most).map(ReceiptView::of).toList();
                    return new Page<>(
                            items,
                            steps.size() > most
                                    ? Integer.toString(items.getLast().version())
                                    : null);
                }));
    }

    private static int version(@Nullable String text) {
        try {
            return text == null ? 0 : Integer.parseUnsignedInt(text);
        } catch (NumberFormatException e) {
            throw Checks.invalid("after: must be what the previous page gave as next.");
        }
    }
}

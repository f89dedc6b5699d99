package dev.homeroom.queue.http;

import dev.homeroom.platform.page.Limit;
import dev.homeroom.platform.page.Page;
import dev.homeroom.platform.security.Roles;
import dev.homeroom.queue.core.TaskQuery;
import dev.homeroom.queue.core.TaskStore;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The list of tasks, and the search in it (R-Q10, R-Q12). */
@Path("/api/tasks")
@Tag(name = "tasks")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.OPERATOR, Roles.AGENT})
public class TaskListResource {
    private final TaskStore store;

    /** On this store. */
    public TaskListResource(TaskStore store) {
        this.store = store;
    }

    /** Tasks, newest first. */
    @GET
    @Operation(
            summary = "Tasks, newest first",
            description = "Those for which every parameter holds. An answer looks at some thousand tasks at most: a "
                    + "page may have fewer items than asked for, or none, and still a next. The list ends where there "
                    + "is no next.")
    @APIResponse(responseCode = "200", description = "A page.")
    public CompletionStage<Page<TaskView>> list(
            @BeanParam TaskListParameters parameters,
            @Parameter(description = "The next of the previous page.") @RestQuery @Nullable String after,
            @Parameter(description = "Items of a page, 1 to 1,000; absent: 100.") @RestQuery @Nullable Integer limit) {
        int most = Limit.of(limit);
        return Answers.of(CompletableFuture.completedStage(most)
                .thenCompose(_ -> store.list(new TaskQuery(parameters.filter(), id(after), most)))
                .thenApply(page -> new Page<>(
                        page.items().stream().map(TaskView::of).toList(),
                        page.next() == null ? null : page.next().toString())));
    }

    private static @Nullable UUID id(@Nullable String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Checks.invalid("after: must be what the previous page gave as next.");
        }
    }
}

package dev.homeroom.queue.http;

import dev.homeroom.platform.page.Limit;
import dev.homeroom.platform.page.Page;
import dev.homeroom.platform.security.Roles;
import dev.homeroom.queue.TaskQueue;
import dev.homeroom.queue.core.TaskCounts;
import dev.homeroom.queue.core.TaskQuery;
import dev.homeroom.queue.core.TaskStatus;
import dev.homeroom.queue.core.TaskStore;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
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

    /** Tasks, newest first. */
    @GET
    public CompletionStage<Page<TaskView>> list(
            @QueryParam("status") @Nullable String status,
            @QueryParam("type") @Nullable String type,
            @QueryParam("lesson") @Nullable String lesson,
            @QueryParam("session") @Nullable String session,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable Integer limit) {
        int most = Limit.of(limit);
        return Answers.of(CompletableFuture.completedStage(most)
                .thenCompose(_ -> store.list(new TaskQuery(
                        status(status),
                        Checks.optionalName("type", type),
                        Checks.optionalName("lesson", lesson),
                        Checks.optionalName("session", session),
                        id(after),
                        most + 1)))
                .thenApply(tasks -> {
                    var items = tasks.stream().limit(most).map(TaskView::of).toList();
                    return new Page<>(
                            items, tasks.size() > most ? items.getLast().id().toString() : null);
                }));
    }

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

    private static @Nullable TaskStatus status(@Nullable String word) {
        try {
            return word == null ? null : TaskStatus.of(word);
        } catch (IllegalArgumentException e) {
            throw Checks.invalid("status: must be one of pending, claimed, completed, skipped, failed, cancelled.");
        }
    }

    private static @Nullable UUID id(@Nullable String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw Checks.invalid("after: must be what the previous page gave as next.");
        }
    }
}

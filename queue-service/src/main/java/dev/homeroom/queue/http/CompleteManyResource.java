package dev.homeroom.queue.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.platform.security.Roles;
import dev.homeroom.queue.TaskQueue;
import dev.homeroom.queue.claim.Claim;
import dev.homeroom.queue.core.Hold;
import dev.homeroom.queue.core.Outcome;
import dev.homeroom.queue.core.Receipt;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A session that claims many tasks at once completes them at once, too (R-Q3). */
@Path("/api/tasks")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.AGENT)
public class CompleteManyResource {
    private final TaskQueue queue;
    private final TaskIntake intake;

    /** On this queue. */
    public CompleteManyResource(TaskQueue queue, TaskIntake intake) {
        this.queue = queue;
        this.intake = intake;
    }

    /** What a session has done: 1 to {@value dev.homeroom.queue.claim.Claim#MOST} tasks. */
    public record CompleteManyBody(
            @Nullable String session, @Nullable List<@Nullable Done> tasks) {}

    /** One of them; {@code result} is any JSON. */
    public record Done(
            @Nullable UUID id,
            @Nullable Long token,
            @Nullable JsonNode result) {}

    /**
     * What became of them.
     *
     * @param completed how many are completed, now or by the same request before
     * @param rejected the others, each with the problem that its own request would have got
     */
    public record Completed(int completed, List<Refused> rejected) {}

    /** One that was not completed. */
    public record Refused(UUID id, String type, @Nullable String detail) {}

    /** Completes each by itself: one that is refused takes nothing from the others. */
    @POST
    @Path("/complete")
    public CompletionStage<Completed> complete(@Nullable CompleteManyBody given) {
        return Answers.of(CompletableFuture.completedStage(given).thenCompose(body -> {
            var asked = Checks.present("The body", body);
            var session = Checks.name("session", asked.session());
            var tasks = Checks.present("tasks", asked.tasks());
            Checks.range("tasks", tasks.size(), 0, 1, Claim.MOST);
            // All are checked before the first is done.
            var holds = new ArrayList<Hold>(tasks.size());
            var outcomes = new ArrayList<Outcome>(tasks.size());
            for (var one : tasks) {
                var task = Checks.present("tasks", one);
                holds.add(new Hold(Checks.present("id", task.id()), session, Checks.token(task.token())));
                var result = task.result();
                outcomes.add(new Outcome.Complete(result == null ? null : intake.json("result", result, "null")));
            }
            return complete(holds, outcomes);
        }));
    }

    private CompletionStage<Completed> complete(List<Hold> holds, List<Outcome> outcomes) {
        var ends = new ArrayList<CompletableFuture<Receipt>>(holds.size());
        for (int i = 0; i < holds.size(); i++) {
            ends.add(queue.finish(holds.get(i), outcomes.get(i)).toCompletableFuture());
        }
        return CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).handle((_, _) -> answer(holds, ends));
    }

    private static Completed answer(List<Hold> holds, List<CompletableFuture<Receipt>> ends) {
        var rejected = new ArrayList<Refused>();
        for (int i = 0; i < holds.size(); i++) {
            if (ends.get(i).isCompletedExceptionally()) {
                var failure = ends.get(i).exceptionNow();
                var problem = Answers.problem(failure);
                if (problem == null) {
                    throw new IllegalStateException("a completion failed", failure);
                }
                rejected.add(new Refused(holds.get(i).task(), problem.type(), problem.detail()));
            }
        }
        return new Completed(holds.size() - rejected.size(), rejected);
    }
}

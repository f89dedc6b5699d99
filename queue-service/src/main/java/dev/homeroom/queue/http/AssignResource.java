package dev.homeroom.queue.http;

import dev.homeroom.platform.security.Roles;
import dev.homeroom.queue.QueueSettings;
import dev.homeroom.queue.assign.AssignDesk;
import dev.homeroom.queue.core.Assignment;
import dev.homeroom.queue.core.Score;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Tasks are given to sessions (R-Q6, R-S6). Agents may do that too: one that splits its work up hands the parts out.
 */
@Path("/api/tasks/{id}/assign")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.OPERATOR, Roles.AGENT})
public class AssignResource {
    private final AssignDesk desk;
    private final QueueSettings settings;

    /** At this desk. */
    public AssignResource(AssignDesk desk, QueueSettings settings) {
        this.desk = desk;
        this.settings = settings;
    }

    /**
     * To whom; everything may be absent.
     *
     * @param session which session; absent: the best that is available
     * @param ttl how long the claim lives without renewal
     * @param requestId makes a repeat harmless for ever: it gets the first answer, be it a refusal
     */
    public record AssignBody(
            @Nullable String session,
            @Nullable Duration ttl,
            @Nullable String requestId) {
        private static final AssignBody BEST = new AssignBody(null, null, null);
    }

    /** Who has the task now, and why that one: the score part by part. */
    public record Assigned(TaskView task, Map<String, Object> session, Score score) {
        static Assigned of(Assignment assignment) {
            return new Assigned(TaskView.of(assignment.task()), Answers.view(assignment.holder()), assignment.score());
        }
    }

    /** Gives the task to a session; 409 when it is held, not due or over, or when nobody may have it. */
    @POST
    public CompletionStage<Assigned> assign(@PathParam("id") UUID id, @Nullable AssignBody given) {
        return Answers.of(CompletableFuture.completedStage(given == null ? AssignBody.BEST : given)
                .thenCompose(body -> desk.assign(
                        id,
                        Checks.optionalName("session", body.session()),
                        Checks.duration(
                                "ttl", body.ttl(), settings.claimTimeout(), Duration.ofSeconds(1), Checks.LONGEST_TTL),
                        Checks.optionalName("requestId", body.requestId())))
                .thenApply(Assigned::of));
    }
}

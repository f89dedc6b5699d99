package dev.homeroom.queue.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.homeroom.platform.security.Roles;
import dev.homeroom.queue.QueueSettings;
import dev.homeroom.queue.TaskQueue;
import dev.homeroom.queue.claim.Claim;
import dev.homeroom.queue.core.ClaimFilter;
import dev.homeroom.queue.core.ClaimTimeouts;
import dev.homeroom.queue.core.Hold;
import dev.homeroom.queue.core.Task;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Sessions take tasks (R-Q2). */
@Path("/api/tasks")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.AGENT)
public class ClaimResource {
    private static final Duration SHORTEST_TTL = Duration.ofSeconds(1);

    private final TaskQueue queue;
    private final QueueSettings settings;
    private final ClaimTimeouts timeouts;

    /** On this queue. */
    public ClaimResource(TaskQueue queue, QueueSettings settings, ClaimTimeouts timeouts) {
        this.queue = queue;
        this.settings = settings;
        this.timeouts = timeouts;
    }

    /** What a session wants next; {@code wait} is how long the answer may take when nothing is due. */
    public record ClaimBody(
            @Nullable String session,
            @Nullable Long incarnation,
            @Nullable Integer count,
            @Nullable List<@Nullable String> types,
            @Nullable String lesson,
            @JsonProperty("wait") @Nullable Duration patience,
            @Nullable Duration ttl,
            @Nullable Long seq,
            @Nullable Long unanswered) {}

    /** One particular task. */
    public record ClaimOneBody(
            @Nullable String session,
            @Nullable Long incarnation,
            @Nullable Duration ttl,
            @Nullable Long seq,
            @Nullable Long unanswered) {}

    /** A claim shall live on. */
    public record RenewBody(
            @Nullable String session,
            @Nullable Long token,
            @Nullable Duration ttl) {}

    /** The claimed tasks; none is an answer too. */
    public record Claimed(List<TaskView> tasks) {
        static Claimed of(List<Task> tasks) {
            return new Claimed(tasks.stream().map(TaskView::of).toList());
        }
    }

    /** How long the claim lives now. */
    public record Renewed(UUID id, long token, Instant claimDeadline) {}

    /** Claims what is next in the queue's order, waiting for it if asked to. */
    @POST
    @Path("/claim")
    public CompletionStage<Claimed> claim(@Nullable ClaimBody given, @Context RoutingContext routing) {
        return Answers.of(CompletableFuture.completedStage(given).thenCompose(body -> {
            var asked = Checks.present("The body", body);
            var types = Checks.names("types", asked.types(), Checks.TYPES);
            var tasks = queue.claim(
                    Checks.owner(asked.session(), asked.incarnation()),
                    Checks.request(asked.seq(), asked.unanswered()),
                    new ClaimFilter(types, Checks.optionalName("lesson", asked.lesson())),
                    Checks.range("count", asked.count(), 1, 1, Claim.MOST),
                    ttl(asked.ttl(), timeouts.of(types)),
                    Checks.duration("wait", asked.patience(), Duration.ZERO, Duration.ZERO, settings.waitLimit()));
            // Whoever hangs up while waiting shall not get a task that nobody then works on.
            routing.addEndHandler(end -> {
                if (end.failed()) {
                    tasks.cancel(false);
                }
            });
            return tasks.thenApply(Claimed::of);
        }));
    }

    /** Claims this task; 409 with the holder when it is held, or when it is not due or over. */
    @POST
    @Path("/{id}/claim")
    public CompletionStage<TaskView> claimOne(@PathParam("id") UUID id, @Nullable ClaimOneBody given) {
        return Answers.of(CompletableFuture.completedStage(given).thenCompose(body -> {
            var asked = Checks.present("The body", body);
            var owner = Checks.owner(asked.session(), asked.incarnation());
            var request = Checks.request(asked.seq(), asked.unanswered());
            return ttl(id, asked.ttl())
                    .thenCompose(ttl -> queue.claim(id, owner, request, ttl))
                    .thenApply(TaskView::of);
        }));
    }

    /** Lets a claim live for another {@code ttl} from now on. */
    @POST
    @Path("/{id}/renew")
    public CompletionStage<Renewed> renew(@PathParam("id") UUID id, @Nullable RenewBody given) {
        return Answers.of(CompletableFuture.completedStage(given).thenCompose(body -> {
            var asked = Checks.present("The body", body);
            var hold = new Hold(id, Checks.name("session", asked.session()), Checks.token(asked.token()));
            return ttl(id, asked.ttl())
                    .thenCompose(ttl -> queue.renew(hold, ttl))
                    .thenApply(grant -> new Renewed(id, grant.token(), grant.deadline()));
        }));
    }

    /** The type is looked up only where it may make a difference. */
    private CompletionStage<Duration> ttl(UUID id, @Nullable Duration asked) {
        return asked != null || timeouts.byType().isEmpty()
                ? CompletableFuture.completedFuture(ttl(asked, timeouts.otherwise()))
                : queue.find(id).thenApply(task -> timeouts.of(List.of(task.type())));
    }

    private static Duration ttl(@Nullable Duration asked, Duration otherwise) {
        return Checks.duration("ttl", asked, otherwise, SHORTEST_TTL, Checks.LONGEST_TTL);
    }
}

package dev.homeroom.queue.http;

import dev.homeroom.platform.security.Roles;
import dev.homeroom.queue.core.FailedQuery;
import dev.homeroom.queue.upkeep.Retried;
import dev.homeroom.queue.upkeep.RetryDesk;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What has failed is tried again, one task or many (R-Q4). */
@Path("/api/tasks")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.AGENT, Roles.OPERATOR})
public class RetryResource {
    /** Tasks of one portion, and ids of one request. */
    static final int MOST = 1_000;

    private final RetryDesk desk;
    private final SecurityIdentity identity;

    /** By this desk. */
    public RetryResource(RetryDesk desk, SecurityIdentity identity) {
        this.desk = desk;
        this.identity = identity;
    }

    /** One task; {@code delay} is when it is due, {@code deadline} takes the place of its own. */
    public record RetryBody(
            @Nullable Duration delay,
            @Nullable Instant deadline,
            @Nullable String reason) {}

    /**
     * Which failed tasks: every criterion must hold, and there must be one, or {@code all}.
     *
     * @param ids up to 1,000 of them
     * @param failedAfter failed at this time or later
     * @param failedBefore failed before this time
     * @param error what their error contains
     * @param limit at most so many with this request, 1 to 1,000
     * @param after the {@code next} of the request before
     */
    public record RetryFailedBody(
            @Nullable List<@Nullable UUID> ids,
            @Nullable String type,
            @Nullable String lesson,
            @Nullable Instant failedAfter,
            @Nullable Instant failedBefore,
            @Nullable String error,
            @Nullable Boolean all,
            @Nullable Integer limit,
            @Nullable String after,
            @Nullable Duration delay,
            @Nullable Instant deadline,
            @Nullable String reason) {
        boolean choosesNothing() {
            return ids == null
                    && type == null
                    && lesson == null
                    && failedAfter == null
                    && failedBefore == null
                    && error == null;
        }
    }

    /**
     * What the request did.
     *
     * @param retried tasks that are pending again
     * @param late tasks that stay failed because their deadline has passed
     * @param next goes into {@code after} of the next request; absent: nothing is left
     */
    public record Answer(int retried, int late, @Nullable String next) {
        static Answer of(Retried retried) {
            var next = retried.next();
            return new Answer(
                    retried.retried(), retried.late(), next == null ? null : next.task() + "." + next.version());
        }
    }

    /** A portion of the failed tasks that fit. */
    @POST
    @Path("/retry-failed")
    public CompletionStage<Answer> retryFailed(@Nullable RetryFailedBody given) {
        return Answers.of(CompletableFuture.completedStage(given).thenCompose(body -> {
            var asked = Checks.present("The body", body);
            return desk.failed(query(asked), Checks.subject(identity), Checks.reason(asked.reason()))
                    .thenApply(Answer::of);
        }));
    }

    /** A task that failed or was cancelled. */
    @POST
    @Path("/{id}/retry")
    public CompletionStage<ReceiptView> retry(@PathParam("id") UUID id, @Nullable RetryBody given) {
        return Answers.of(CompletableFuture.completedStage(given).thenCompose(body -> {
            var asked = body == null ? new RetryBody(null, null, null) : body;
            return desk.one(
                            id,
                            delay(asked.delay()),
                            Checks.time("deadline", asked.deadline()),
                            Checks.subject(identity),
                            Checks.reason(asked.reason()))
                    .thenApply(ReceiptView::of);
        }));
    }

    private static FailedQuery query(RetryFailedBody asked) {
        boolean all = Boolean.TRUE.equals(asked.all());
        if (all != asked.choosesNothing()) {
            throw Checks.invalid("Give at least one of ids, type, lesson, failedAfter, failedBefore and error, or all:"
                    + " true without any of them.");
        }
        return new FailedQuery(
                ids(asked.ids()),
                Checks.optionalName("type", asked.type()),
                Checks.optionalName("lesson", asked.lesson()),
                Checks.time("failedAfter", asked.failedAfter()),
                Checks.time("failedBefore", asked.failedBefore()),
                Checks.optionalName("error", asked.error()),
                delay(asked.delay()),
                Checks.time("deadline", asked.deadline()),
                after(asked.after()),
                Checks.range("limit", asked.limit(), MOST, 1, MOST));
    }

    private static Duration delay(@Nullable Duration asked) {
        return Checks.duration("delay", asked, Duration.ZERO, Duration.ZERO, Checks.LONGEST_DELAY);
    }

    private static Set<UUID> ids(@Nullable List<@Nullable UUID> ids) {
        var all = new HashSet<UUID>();
        if (ids == null) {
            return all;
        }
        if (ids.isEmpty() || ids.size() > MOST) {
            throw Checks.invalid("ids: must be from 1 to " + MOST + ".");
        }
        ids.forEach(id -> all.add(Checks.present("ids", id)));
        return all;
    }

    private static FailedQuery.After after(@Nullable String text) {
        if (text == null) {
            return FailedQuery.After.START;
        }
        try {
            int dot = text.indexOf('.');
            return new FailedQuery.After(
                    UUID.fromString(text.substring(0, Math.max(dot, 0))),
                    Integer.parseUnsignedInt(text.substring(dot + 1)));
        } catch (IllegalArgumentException e) {
            throw Checks.invalid("after: must be what the previous answer gave as next.");
        }
    }
}

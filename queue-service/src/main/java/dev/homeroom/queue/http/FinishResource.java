package dev.homeroom.queue.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.platform.security.Roles;
import dev.homeroom.queue.TaskQueue;
import dev.homeroom.queue.core.Hold;
import dev.homeroom.queue.core.Outcome;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Holders end their attempts (R-Q3); with a token that is not the present one: 409 {@code stale-token}. */
@Path("/api/tasks/{id}")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.AGENT)
public class FinishResource {
    private final TaskQueue queue;
    private final TaskIntake intake;
    private final SecurityIdentity identity;

    /** On this queue. */
    public FinishResource(TaskQueue queue, TaskIntake intake, SecurityIdentity identity) {
        this.queue = queue;
        this.intake = intake;
        this.identity = identity;
    }

    /** Done; {@code result} is any JSON. */
    public record CompleteBody(
            @Nullable String session,
            @Nullable Long token,
            @Nullable JsonNode result) {}

    /** Not needed. */
    public record SkipBody(
            @Nullable String session,
            @Nullable Long token,
            @Nullable String reason) {}

    /** Did not work; {@code retryable} unless it says no; {@code retryAfter} takes the place of the backoff. */
    public record FailBody(
            @Nullable String session,
            @Nullable Long token,
            @Nullable String reason,
            @Nullable Boolean retryable,
            @Nullable Duration retryAfter) {}

    /** Handed back. */
    public record ReleaseBody(
            @Nullable String session, @Nullable Long token) {}

    /** Handed back until later. */
    public record SnoozeBody(
            @Nullable String session,
            @Nullable Long token,
            @Nullable Duration delay) {}

    /** Called off: with a token by its holder, without one whoever holds it. */
    public record CancelBody(
            @Nullable String session,
            @Nullable Long token,
            @Nullable String reason) {}

    /** The task is done. */
    @POST
    @Path("/complete")
    public CompletionStage<ReceiptView> complete(@PathParam("id") UUID id, @Nullable CompleteBody body) {
        return finish(
                id,
                body,
                CompleteBody::session,
                CompleteBody::token,
                b -> new Outcome.Complete(b.result() == null ? null : intake.json("result", b.result(), "null")));
    }

    /** The task need not be done. */
    @POST
    @Path("/skip")
    public CompletionStage<ReceiptView> skip(@PathParam("id") UUID id, @Nullable SkipBody body) {
        return finish(id, body, SkipBody::session, SkipBody::token, b -> new Outcome.Skip(Checks.reason(b.reason())));
    }

    /** The attempt failed. */
    @POST
    @Path("/fail")
    public CompletionStage<ReceiptView> fail(@PathParam("id") UUID id, @Nullable FailBody body) {
        return finish(id, body, FailBody::session, FailBody::token, FinishResource::failure);
    }

    /** The task goes back, at once. */
    @POST
    @Path("/release")
    public CompletionStage<ReceiptView> release(@PathParam("id") UUID id, @Nullable ReleaseBody body) {
        return finish(id, body, ReleaseBody::session, ReleaseBody::token, _ -> new Outcome.Release());
    }

    /** The task goes back and is due later. */
    @POST
    @Path("/snooze")
    public CompletionStage<ReceiptView> snooze(@PathParam("id") UUID id, @Nullable SnoozeBody body) {
        return finish(
                id,
                body,
                SnoozeBody::session,
                SnoozeBody::token,
                b -> new Outcome.Snooze(Checks.duration(
                        "delay",
                        Checks.present("delay", b.delay()),
                        Duration.ZERO,
                        Duration.ZERO,
                        Checks.LONGEST_DELAY)));
    }

    /** The task shall not be done. */
    @POST
    @Path("/cancel")
    @RolesAllowed({Roles.AGENT, Roles.OPERATOR})
    public CompletionStage<ReceiptView> cancel(@PathParam("id") UUID id, @Nullable CancelBody body) {
        if (body != null && body.token() != null) {
            return finish(
                    id,
                    body,
                    CancelBody::session,
                    CancelBody::token,
                    b -> new Outcome.Cancel(Checks.reason(b.reason())));
        }
        return Answers.of(lazily(() ->
                        queue.cancel(id, body == null ? null : Checks.reason(body.reason()), Checks.subject(identity)))
                .thenApply(ReceiptView::of));
    }

    private static Outcome failure(FailBody body) {
        boolean retryable = !Boolean.FALSE.equals(body.retryable());
        var after = body.retryAfter();
        if (after == null) {
            return new Outcome.Fail(Checks.reason(body.reason()), retryable);
        }
        if (!retryable) {
            throw Checks.invalid("retryAfter: is of no use where retryable is false.");
        }
        Checks.duration("retryAfter", after, after, Duration.ZERO, Checks.LONGEST_DELAY);
        return new Outcome.Fail(Checks.reason(body.reason()), true, after);
    }

    private interface Field<B, T> {
        @Nullable
        T of(B body);
    }

    private interface Reading<B> {
        Outcome outcome(B body);
    }

    private <B> CompletionStage<ReceiptView> finish(
            UUID id, @Nullable B given, Field<B, String> session, Field<B, Long> token, Reading<B> reading) {
        return Answers.of(lazily(() -> {
                    var body = Checks.present("The body", given);
                    var hold = new Hold(id, Checks.name("session", session.of(body)), Checks.token(token.of(body)));
                    return queue.finish(hold, reading.outcome(body));
                })
                .thenApply(ReceiptView::of));
    }

    /** A check that throws fails the stage. */
    private static <T> CompletionStage<T> lazily(Supplier<CompletionStage<T>> stage) {
        return CompletableFuture.completedStage(null).thenCompose(_ -> stage.get());
    }
}

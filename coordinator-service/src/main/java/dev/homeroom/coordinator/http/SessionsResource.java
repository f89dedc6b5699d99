package dev.homeroom.coordinator.http;

import dev.homeroom.coordinator.CoordinatorConfig;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.desk.Named;
import dev.homeroom.platform.page.Limit;
import dev.homeroom.platform.page.Page;
import dev.homeroom.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/** Sessions: registering, signs of life, looking. */
@Path("/api/sessions")
@Tag(name = "sessions", description = "Running agent processes: registering, signs of life, looking.")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.AGENT, Roles.SERVICE, Roles.ADMIN})
public class SessionsResource {
    private final Ask ask;
    private final Duration heartbeatInterval;
    private final InstantSource clock = InstantSource.system();

    /** Over the coordinator. */
    @Inject
    public SessionsResource(Ask ask, CoordinatorConfig config) {
        this.ask = ask;
        this.heartbeatInterval = config.sessions().heartbeatInterval();
    }

    /** Registers a session; the same id and instance again gives the same incarnation. */
    @POST
    @Operation(
            summary = "Register a session",
            description =
                    "The same id and instance again gives the same incarnation. The same id with another instance "
                            + "gives a new incarnation and fences the old one: everything it held ends.")
    @APIResponse(responseCode = "201", description = "The session; Location names it.")
    @APIResponse(responseCode = "409", ref = Responses.CONFLICT)
    public Uni<RestResponse<SessionJson>> register(@NotNull @Valid RegisterJson session) {
        return ask.of(session.toCommand(heartbeatInterval), Answer.OneSession.class)
                .map(answer -> SessionJson.of(answer.session()))
                .map(json -> ResponseBuilder.create(RestResponse.Status.CREATED, json)
                        .location(URI.create("/api/sessions/" + Names.encode(json.id())))
                        .build());
    }

    /** Sessions by id, live and lately ended. */
    @GET
    @RolesAllowed({Roles.AGENT, Roles.OPERATOR, Roles.SERVICE, Roles.ADMIN})
    @Operation(summary = "Sessions by id", description = "Live ones and those that ended lately; status narrows it.")
    @APIResponse(responseCode = "200", description = "A page; without what they hold.")
    public Uni<RestResponse<Page<SessionJson>>> list(
            @RestQuery @Nullable String status,
            @RestQuery @Nullable Integer limit,
            @RestQuery @Nullable String after,
            @RestQuery @Nullable String consistency) {
        return Uni.createFrom()
                .deferred(() -> ask.read(
                        consistency,
                        new Command.ListSessions(
                                Named.status(Texts.orEmpty(status)), Texts.orEmpty(after), Limit.of(limit)),
                        Answer.SessionPage.class,
                        page -> new Page<>(
                                page.sessions().stream().map(SessionJson::of).toList(), page.next())))
                .onFailure()
                .transform(Ask::asProblem);
    }

    /** One session with what it holds. */
    @GET
    @Path("/{id}")
    @RolesAllowed({Roles.AGENT, Roles.OPERATOR, Roles.SERVICE, Roles.ADMIN})
    @Operation(summary = "One session, with what it holds")
    @APIResponse(responseCode = "200", description = "The session at the time of the answer.")
    public Uni<RestResponse<SessionJson>> get(@RestPath String id, @RestQuery @Nullable String consistency) {
        return ask.read(
                consistency,
                new Command.GetSession(id),
                Answer.OneSession.class,
                answer -> SessionJson.of(answer.session()));
    }

    /** Unregisters; everything it holds ends. A repeat is not an error. */
    @DELETE
    @Path("/{id}")
    @Operation(
            summary = "Unregister a session",
            description =
                    "Everything it holds ends in the same step. A repeat is not an error. With an incarnation, only "
                            + "that one.")
    @APIResponse(responseCode = "200", description = "How many grants ended with it.")
    @APIResponse(responseCode = "409", ref = Responses.CONFLICT)
    public Uni<EndedJson> release(
            @RestPath String id,
            @RestQuery @Nullable @Min(1) Long incarnation,
            @RestHeader("Idempotency-Key") @Nullable String idempotencyKey) {
        return ask.once(
                        idempotencyKey,
                        caller -> new Command.ReleaseSession(id, Texts.orZero(incarnation)),
                        Answer.SessionReleased.class)
                .map(answer -> new EndedJson(id, answer.grants()));
    }

    /** What ended with a session. */
    public record EndedJson(String id, int grantsEnded) {}

    /** A sign of life. */
    @POST
    @Path("/{id}/heartbeat")
    @Operation(
            summary = "A sign of life",
            description =
                    "Renews the lease and tells what was assigned and what was taken away, until the session says it "
                            + "has seen it. The lease counts from when the heartbeat was sent.")
    @APIResponse(responseCode = "200", description = "The lease, and what the session must know.")
    @APIResponse(responseCode = "409", ref = Responses.CONFLICT)
    public Uni<BeatJson> heartbeat(@RestPath String id, @NotNull @Valid HeartbeatJson heartbeat) {
        return ask.of(heartbeat.toCommand(id, clock.instant()), Answer.Beat.class)
                .map(BeatJson::of);
    }

    /** Signs of life of many sessions; a bad one harms no other. */
    @POST
    @Path("/heartbeats")
    @Operation(
            summary = "Signs of life of many sessions",
            description = "At most 1,000; one that is refused harms no other.")
    @APIResponse(responseCode = "200", description = "In the order of the request; each with its beat or its error.")
    public Uni<BeatJson.Batch> heartbeats(@NotNull @Valid HeartbeatJson.Batch batch) {
        Instant now = clock.instant();
        return ask.each(batch.heartbeats(), one -> one.toCommand(now), SessionsResource::beat)
                .map(BeatJson.Batch::new);
    }

    private static BeatJson.Of beat(HeartbeatJson.Of asked, @Nullable Answer answer, @Nullable Throwable failure) {
        return answer instanceof Answer.Beat beat
                ? new BeatJson.Of(asked.id(), true, BeatJson.of(beat), null)
                : new BeatJson.Of(asked.id(), false, null, Ask.problemOf(answer, failure));
    }
}

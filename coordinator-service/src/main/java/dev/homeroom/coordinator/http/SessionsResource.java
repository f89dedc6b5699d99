package dev.homeroom.coordinator.http;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.coordinator.CoordinatorConfig;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Status;
import dev.homeroom.platform.page.Limit;
import dev.homeroom.platform.page.Page;
import dev.homeroom.platform.problem.ProblemException;
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
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/** Sessions: registering, signs of life, looking. */
@Path("/api/sessions")
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
    public Uni<Page<SessionJson>> list(
            @RestQuery @Nullable String status, @RestQuery @Nullable Integer limit, @RestQuery @Nullable String after) {
        Command command = new Command.ListSessions(statusOf(status), Texts.orEmpty(after), Limit.of(limit));
        return ask.of(command, Answer.SessionPage.class)
                .map(page ->
                        new Page<>(page.sessions().stream().map(SessionJson::of).toList(), page.next()));
    }

    /** One session with what it holds. */
    @GET
    @Path("/{id}")
    @RolesAllowed({Roles.AGENT, Roles.OPERATOR, Roles.SERVICE, Roles.ADMIN})
    public Uni<SessionJson> get(@RestPath String id) {
        return ask.of(new Command.GetSession(id), Answer.OneSession.class)
                .map(answer -> SessionJson.of(answer.session()));
    }

    /** Unregisters; everything it holds ends. A repeat is not an error. */
    @DELETE
    @Path("/{id}")
    public Uni<Map<String, Object>> release(@RestPath String id, @RestQuery @Nullable @Min(1) Long incarnation) {
        return ask.of(new Command.ReleaseSession(id, Texts.orZero(incarnation)), Answer.SessionReleased.class)
                .map(answer -> Map.of("id", id, "grantsEnded", answer.grants()));
    }

    /** A sign of life. */
    @POST
    @Path("/{id}/heartbeat")
    public Uni<BeatJson> heartbeat(@RestPath String id, @NotNull @Valid HeartbeatJson heartbeat) {
        return ask.of(heartbeat.toCommand(id, clock.instant()), Answer.Beat.class)
                .map(BeatJson::of);
    }

    /** Signs of life of many sessions; a bad one harms no other. */
    @POST
    @Path("/heartbeats")
    public Uni<BeatJson.Batch> heartbeats(@NotNull @Valid HeartbeatJson.Batch batch) {
        List<Uni<BeatJson.Of>> beats = batch.heartbeats().stream()
                .map(heartbeat -> ask.of(heartbeat.toCommand(clock.instant()), Answer.Beat.class)
                        .map(beat -> new BeatJson.Of(heartbeat.id(), true, BeatJson.of(beat), null))
                        .onFailure()
                        .recoverWithItem(failure -> new BeatJson.Of(heartbeat.id(), false, null, Ask.problem(failure))))
                .toList();
        return beats.isEmpty()
                ? Uni.createFrom().item(new BeatJson.Batch(List.of()))
                : Uni.join().all(beats).andFailFast().map(BeatJson.Batch::new);
    }

    private static @Nullable Status statusOf(@Nullable String label) {
        if (label == null) {
            return null;
        }
        return Arrays.stream(Status.values())
                .filter(status -> status.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new ProblemException(
                        ProblemType.INVALID,
                        "status: one of "
                                + String.join(
                                        ", ",
                                        Arrays.stream(Status.values())
                                                .map(Status::label)
                                                .toList())
                                + ".",
                        Map.of("field", "status")));
    }
}

package dev.homeroom.coordinator.http;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Bounds;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.platform.page.Limit;
import dev.homeroom.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** All sessions together: choosing among them, and the maintenance round. */
@Path("/api/sessions")
@Tag(name = "sessions")
@Produces(MediaType.APPLICATION_JSON)
public class FleetResource {
    private final Ask ask;

    /** Over the coordinator. */
    @Inject
    public FleetResource(Ask ask) {
        this.ask = ask;
    }

    /** Sessions that may take a task, best first (requirement R-S6). */
    @GET
    @Path("/available")
    @RolesAllowed({Roles.AGENT, Roles.OPERATOR, Roles.SERVICE, Roles.ADMIN})
    @Operation(
            summary = "Sessions that may take a task, best first",
            description =
                    "Live sessions with free capacity and all the capabilities, ranked by health, load, lesson, time "
                            + "windows, machine and codebase; every part of the score is told.")
    @APIResponse(responseCode = "200", description = "The sessions with their scores.")
    public Uni<RestResponse<AvailableJson>> available(
            @Parameter(description = "of the task") @RestQuery @Nullable String lesson,
            @Parameter(description = "what it needs; may be repeated") @RestQuery @Nullable List<String> capability,
            @Parameter(description = "machine on which it was worked on before") @RestQuery @Nullable String host,
            @Parameter(description = "repository in which it was worked on before") @RestQuery @Nullable String repo,
            @Parameter(description = "for which time windows are looked at; absent: now") @RestQuery @Nullable
                    Instant at,
            @RestQuery @Nullable Integer limit,
            @RestQuery @Nullable String consistency) {
        Command.Candidate task = new Command.Candidate(
                "",
                0,
                Texts.orEmpty(lesson),
                List.of(),
                Texts.orEmpty(capability),
                Texts.orEmpty(host),
                Texts.orEmpty(repo));
        return ask.read(
                consistency,
                new Command.FindSessions(task, at == null ? 0 : at.toEpochMilli(), Limit.of(limit)),
                Answer.RankedSessions.class,
                AvailableJson::of);
    }

    /** A maintenance round on demand (requirement R-S4). */
    @POST
    @Path("/maintenance")
    @RolesAllowed({Roles.OPERATOR, Roles.ADMIN})
    @Operation(
            summary = "Run a maintenance round now",
            description =
                    "Ends sessions and grants that are due, at most 10,000. The leader does it by itself every 500 ms.")
    @APIResponse(responseCode = "200", description = "What it ended.")
    public Uni<MaintenanceJson> maintain() {
        return ask.of(new Command.Maintain(Bounds.EXPIRE), Answer.Expired.class).map(MaintenanceJson::of);
    }
}

package dev.homeroom.coordinator.http;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.platform.page.Limit;
import dev.homeroom.platform.page.Page;
import dev.homeroom.platform.problem.ProblemException;
import dev.homeroom.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/** Affinities: which session prefers which lesson, and when (requirement R-S7). */
@Path("/api/affinities")
@Tag(name = "affinities", description = "Which session prefers which lesson, and when.")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.AGENT, Roles.OPERATOR, Roles.SERVICE, Roles.ADMIN})
public class AffinitiesResource {
    private final Ask ask;

    /** Over the coordinator. */
    @Inject
    public AffinitiesResource(Ask ask) {
        this.ask = ask;
    }

    /** Makes one. */
    @POST
    @Operation(
            summary = "Make an affinity",
            description =
                    "Without an id one is made. An Idempotency-Key makes it exactly-once: a repeat is answered with "
                            + "the same affinity.")
    @APIResponse(responseCode = "201", description = "The affinity; Location names it.")
    public Uni<RestResponse<AffinityJson>> create(
            @RestHeader("Idempotency-Key") @Nullable String idempotencyKey, @NotNull @Valid AffinityJson body) {
        return ask.once(
                        idempotencyKey,
                        caller -> body.toCommand(
                                body.id() == null ? caller.makeId(Texts.orEmpty(idempotencyKey)) : body.id()),
                        Answer.OneAffinity.class)
                .map(AffinityJson::of)
                .map(json -> ResponseBuilder.create(RestResponse.Status.CREATED, json)
                        .location(URI.create("/api/affinities/" + Names.encode(Texts.orEmpty(json.id()))))
                        .build());
    }

    /** Makes or replaces one. */
    @PUT
    @Path("/{id}")
    @Operation(
            summary = "Make or replace an affinity",
            description = "The id in the body, if there is one, must be this.")
    @APIResponse(responseCode = "200", description = "The affinity as it is now.")
    public Uni<AffinityJson> put(
            @RestPath String id,
            @RestHeader("Idempotency-Key") @Nullable String idempotencyKey,
            @NotNull @Valid AffinityJson body) {
        if (body.id() != null && !body.id().equals(id)) {
            throw new ProblemException(
                    ProblemType.INVALID, "Field 'id': it is not the one in the path.", Map.of("field", "id"));
        }
        return ask.once(idempotencyKey, caller -> body.toCommand(id), Answer.OneAffinity.class)
                .map(AffinityJson::of);
    }

    /** One. */
    @GET
    @Path("/{id}")
    @Operation(summary = "One affinity")
    @APIResponse(responseCode = "200", description = "The affinity, and whether a window is open now.")
    public Uni<RestResponse<AffinityJson>> get(@RestPath String id, @RestQuery @Nullable String consistency) {
        return ask.read(consistency, new Command.GetAffinity(id), Answer.OneAffinity.class, AffinityJson::of);
    }

    /** By id. */
    @GET
    @Operation(summary = "Affinities", description = "By id; session narrows it.")
    @APIResponse(responseCode = "200", description = "A page.")
    public Uni<RestResponse<Page<AffinityJson>>> list(
            @RestQuery @Nullable String session,
            @RestQuery @Nullable Integer limit,
            @RestQuery @Nullable String after,
            @RestQuery @Nullable String consistency) {
        return ask.read(
                consistency,
                new Command.ListAffinities(Texts.orEmpty(session), Texts.orEmpty(after), Limit.of(limit)),
                Answer.AffinityPage.class,
                page -> new Page<>(
                        page.affinities().stream().map(AffinityJson::of).toList(), page.next()));
    }

    /** Removes one; a repeat is not an error. */
    @DELETE
    @Path("/{id}")
    @Operation(summary = "Remove an affinity", description = "A repeat is not an error.")
    @APIResponse(responseCode = "204", description = "It is gone.")
    public Uni<Void> delete(@RestPath String id, @RestHeader("Idempotency-Key") @Nullable String idempotencyKey) {
        return ask.once(idempotencyKey, caller -> new Command.DeleteAffinity(id), Answer.Done.class)
                .replaceWithVoid();
    }
}

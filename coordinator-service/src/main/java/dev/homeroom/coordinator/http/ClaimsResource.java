package dev.homeroom.coordinator.http;

import dev.homeroom.coordinator.core.Kind;
import dev.homeroom.platform.page.Page;
import dev.homeroom.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Claims: who works on which work item. Any string can be claimed; claims of tasks are changed through the queue. */
@Path("/api/claims")
@Tag(name = "claims", description = "Who works on which work item; claims of tasks are changed through the queue.")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.AGENT, Roles.SERVICE, Roles.ADMIN})
public class ClaimsResource {
    private final GrantOperations grants;

    /** Over what locks, claims and limits have in common. */
    @Inject
    public ClaimsResource(GrantOperations grants) {
        this.grants = grants;
    }

    /** Acquires it; the same owner gets its present grant again. */
    @POST
    @Path("/{item}/acquire")
    @RolesAllowed({Roles.AGENT, Roles.OPERATOR, Roles.SERVICE, Roles.ADMIN})
    @Operation(
            summary = "Acquire a claim",
            description =
                    "The same owner (session, incarnation, holder) gets its present grant again. When somebody else "
                            + "holds it, the strategy decides: be refused, wait in the queue, try again, or take it.")
    @APIResponse(responseCode = "200", description = "It is held now; send its token along to what it protects.")
    @APIResponse(responseCode = "409", ref = Responses.CONFLICT)
    public Uni<GrantJson> acquire(@RestPath String item, @NotNull @Valid AcquireJson body) {
        return grants.acquire(Kind.CLAIM, item, body);
    }

    /** Puts its deadline at now + ttl. */
    @POST
    @Path("/{item}/renew")
    @Operation(
            summary = "Renew a claim",
            description = "Puts the deadline at now + ttl (absent: the one granted with). Only with the current token.")
    @APIResponse(responseCode = "200", description = "The grant with its new deadline.")
    @APIResponse(responseCode = "409", ref = Responses.CONFLICT)
    public Uni<GrantJson> renew(@RestPath String item, @NotNull @Valid HeldJson body) {
        return grants.renew(Kind.CLAIM, item, body);
    }

    /** Gives it back. */
    @POST
    @Path("/{item}/release")
    @Operation(
            summary = "Release a claim",
            description = "Gives it back, only with its current token; the first waiter gets it at once.")
    @APIResponse(responseCode = "200", description = "It is free.")
    @APIResponse(responseCode = "409", ref = Responses.CONFLICT)
    public Uni<ReleasedJson> release(@RestPath String item, @NotNull @Valid HeldJson body) {
        return grants.release(Kind.CLAIM, item, body);
    }

    /** Takes it away from its holder, who is told. */
    @POST
    @Path("/{item}/force-release")
    @RolesAllowed({Roles.OPERATOR, Roles.ADMIN})
    @Operation(
            summary = "Take a claim away from its holder",
            description =
                    "The holder is told with its next heartbeat. The audit trail keeps the reason and the subject of "
                            + "the token. An Idempotency-Key makes it exactly-once.")
    @APIResponse(responseCode = "200", description = "What was taken.")
    public Uni<ForceJson.Taken> forceRelease(
            @RestPath String item,
            @RestHeader("Idempotency-Key") @Nullable String idempotencyKey,
            @NotNull @Valid ForceJson body) {
        return grants.force(Kind.CLAIM, item, idempotencyKey, body);
    }

    /** One, held or not. */
    @GET
    @Path("/{item}")
    @RolesAllowed({Roles.AGENT, Roles.OPERATOR, Roles.SERVICE, Roles.ADMIN})
    @Operation(summary = "One claim, held or not")
    @APIResponse(responseCode = "200", description = "Who holds it, if anybody does.")
    public Uni<RestResponse<ResourceJson>> get(@RestPath String item, @RestQuery @Nullable String consistency) {
        return grants.get(Kind.CLAIM, item, consistency);
    }

    /** What is held, by name. */
    @GET
    @RolesAllowed({Roles.AGENT, Roles.OPERATOR, Roles.SERVICE, Roles.ADMIN})
    @Operation(summary = "The claims that are held", description = "By name; prefix narrows it.")
    @APIResponse(responseCode = "200", description = "A page.")
    public Uni<RestResponse<Page<GrantJson>>> list(
            @RestQuery @Nullable String prefix,
            @RestQuery @Nullable Integer limit,
            @RestQuery @Nullable String after,
            @RestQuery @Nullable String consistency) {
        return grants.list(Kind.CLAIM, prefix, limit, after, consistency);
    }
}

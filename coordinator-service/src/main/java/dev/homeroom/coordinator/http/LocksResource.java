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

/** Locks: one holder at a time. */
@Path("/api/locks")
@Tag(name = "locks", description = "Locks: one holder at a time.")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.AGENT, Roles.SERVICE, Roles.ADMIN})
public class LocksResource {
    private final GrantOperations grants;

    /** Over what locks, claims and limits have in common. */
    @Inject
    public LocksResource(GrantOperations grants) {
        this.grants = grants;
    }

    /** Acquires it; the same owner gets its present grant again. */
    @POST
    @Path("/{name}/acquire")
    @RolesAllowed({Roles.AGENT, Roles.OPERATOR, Roles.SERVICE, Roles.ADMIN})
    @Operation(
            summary = "Acquire a lock",
            description =
                    "The same owner (session, incarnation, holder) gets its present grant again. When somebody else "
                            + "holds it, the strategy decides: be refused, wait in the queue, try again, or take it.")
    @APIResponse(responseCode = "200", description = "It is held now; send its token along to what it protects.")
    @APIResponse(responseCode = "409", ref = Responses.CONFLICT)
    public Uni<GrantJson> acquire(@RestPath String name, @NotNull @Valid AcquireJson body) {
        return grants.acquire(Kind.LOCK, name, body);
    }

    /** Acquires several, all or none. */
    @POST
    @Path("/acquire-all")
    @Operation(
            summary = "Acquire several at once",
            description =
                    "All or nothing; each gets a grant of its own. A wait queues at all of them, reserves none and is "
                            + "overtaken at none. Waiting in a circle is refused with the cycle.")
    @APIResponse(responseCode = "200", description = "The grants, in the order of the request.")
    @APIResponse(responseCode = "409", ref = Responses.CONFLICT)
    public Uni<AcquireAllJson.Granted> acquireAll(@NotNull @Valid AcquireAllJson body) {
        return grants.acquireAll(body);
    }

    /** Puts its deadline at now + ttl. */
    @POST
    @Path("/{name}/renew")
    @Operation(
            summary = "Renew a lock",
            description = "Puts the deadline at now + ttl (absent: the one granted with). Only with the current token.")
    @APIResponse(responseCode = "200", description = "The grant with its new deadline.")
    @APIResponse(responseCode = "409", ref = Responses.CONFLICT)
    public Uni<GrantJson> renew(@RestPath String name, @NotNull @Valid HeldJson body) {
        return grants.renew(Kind.LOCK, name, body);
    }

    /** Gives it back. */
    @POST
    @Path("/{name}/release")
    @Operation(
            summary = "Release a lock",
            description = "Gives it back, only with its current token; the first waiter gets it at once.")
    @APIResponse(responseCode = "200", description = "It is free.")
    @APIResponse(responseCode = "409", ref = Responses.CONFLICT)
    public Uni<ReleasedJson> release(@RestPath String name, @NotNull @Valid HeldJson body) {
        return grants.release(Kind.LOCK, name, body);
    }

    /** Takes it away from its holder, who is told. */
    @POST
    @Path("/{name}/force-release")
    @RolesAllowed({Roles.OPERATOR, Roles.ADMIN})
    @Operation(
            summary = "Take a lock away from its holder",
            description =
                    "The holder is told with its next heartbeat. The audit trail keeps the reason and the subject of "
                            + "the token. An Idempotency-Key makes it exactly-once.")
    @APIResponse(responseCode = "200", description = "What was taken.")
    public Uni<ForceJson.Taken> forceRelease(
            @RestPath String name,
            @RestHeader("Idempotency-Key") @Nullable String idempotencyKey,
            @NotNull @Valid ForceJson body) {
        return grants.force(Kind.LOCK, name, idempotencyKey, body);
    }

    /** One, held or not. */
    @GET
    @Path("/{name}")
    @RolesAllowed({Roles.AGENT, Roles.OPERATOR, Roles.SERVICE, Roles.ADMIN})
    @Operation(summary = "One lock, held or not")
    @APIResponse(responseCode = "200", description = "Who holds it, if anybody does.")
    public Uni<RestResponse<ResourceJson>> get(@RestPath String name, @RestQuery @Nullable String consistency) {
        return grants.get(Kind.LOCK, name, consistency);
    }

    /** What is held, by name. */
    @GET
    @RolesAllowed({Roles.AGENT, Roles.OPERATOR, Roles.SERVICE, Roles.ADMIN})
    @Operation(summary = "The locks that are held", description = "By name; prefix narrows it.")
    @APIResponse(responseCode = "200", description = "A page.")
    public Uni<RestResponse<Page<GrantJson>>> list(
            @RestQuery @Nullable String prefix,
            @RestQuery @Nullable Integer limit,
            @RestQuery @Nullable String after,
            @RestQuery @Nullable String consistency) {
        return grants.list(Kind.LOCK, prefix, limit, after, consistency);
    }
}

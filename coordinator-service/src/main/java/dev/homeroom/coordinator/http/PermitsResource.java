package dev.homeroom.coordinator.http;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Kind;
import dev.homeroom.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** What sessions do with limits: permits, which are grants, and amounts from a token bucket. */
@Path("/api/limits")
@Tag(name = "limits")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.AGENT, Roles.SERVICE, Roles.ADMIN})
public class PermitsResource {
    private final Ask ask;
    private final GrantOperations grants;

    /** Over the coordinator. */
    @Inject
    public PermitsResource(Ask ask, GrantOperations grants) {
        this.ask = ask;
        this.grants = grants;
    }

    /** Acquires a permit. */
    @POST
    @Path("/{key}/acquire")
    @Operation(
            summary = "Acquire a permit of a limit",
            description = "A session may hold several, under different holders; the same holder gets its present grant "
                    + "again. With a wait, permits are given first come first served.")
    @APIResponse(responseCode = "200", description = "The permit, and how many are left.")
    @APIResponse(responseCode = "409", ref = Responses.CONFLICT)
    public Uni<GrantJson> acquire(@RestPath String key, @NotNull @Valid AcquireJson body) {
        return grants.acquire(Kind.LIMIT, key, body);
    }

    /** Puts its deadline at now + ttl. */
    @POST
    @Path("/{key}/renew")
    @Operation(summary = "Renew a permit", description = "Only with its current token.")
    @APIResponse(responseCode = "200", description = "The permit with its new deadline.")
    @APIResponse(responseCode = "409", ref = Responses.CONFLICT)
    public Uni<GrantJson> renew(@RestPath String key, @NotNull @Valid HeldJson body) {
        return grants.renew(Kind.LIMIT, key, body);
    }

    /** Gives it back. */
    @POST
    @Path("/{key}/release")
    @Operation(summary = "Release a permit", description = "Only with its current token; the first waiter gets it.")
    @APIResponse(responseCode = "200", description = "It is free; how many are left.")
    @APIResponse(responseCode = "409", ref = Responses.CONFLICT)
    public Uni<ReleasedJson> release(@RestPath String key, @NotNull @Valid HeldJson body) {
        return grants.release(Kind.LIMIT, key, body);
    }

    /** Takes an amount from the bucket. */
    @POST
    @Path("/{key}/consume")
    @Operation(
            summary = "Take from a token bucket",
            description = "All or nothing. Too little in it is an answer with taken=false. A key without a rate gives "
                    + "always.")
    @APIResponse(responseCode = "200", description = "Whether it was taken, what is left, and when there is enough.")
    @APIResponse(responseCode = "409", ref = Responses.CONFLICT)
    public Uni<UseRateJson.Used> consume(@RestPath String key, @NotNull @Valid UseRateJson body) {
        return ask.of(body.toConsume(key), Answer.Consumed.class).map(UseRateJson.Used::of);
    }

    /** Puts an amount back. */
    @POST
    @Path("/{key}/refund")
    @Operation(summary = "Put back into a token bucket", description = "Never over the burst.")
    @APIResponse(responseCode = "200", description = "What is left.")
    @APIResponse(responseCode = "409", ref = Responses.CONFLICT)
    public Uni<UseRateJson.Used> refund(@RestPath String key, @NotNull @Valid UseRateJson body) {
        return ask.of(body.toRefund(key), Answer.Consumed.class).map(UseRateJson.Used::of);
    }
}

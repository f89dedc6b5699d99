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
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Claims: who works on which work item. Any string can be claimed; claims of tasks are changed through the queue. */
@Path("/api/claims")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.AGENT, Roles.SERVICE, Roles.ADMIN})
public class ClaimsResource {
    private final GrantOperations grants;

    /** Over what locks and claims have in common. */
    @Inject
    public ClaimsResource(GrantOperations grants) {
        this.grants = grants;
    }

    /** Acquires it; the same owner gets its present grant again. */
    @POST
    @Path("/{item}/acquire")
    public Uni<GrantJson> acquire(@RestPath String item, @NotNull @Valid AcquireJson body) {
        return grants.acquire(Kind.CLAIM, item, body);
    }

    /** Puts its deadline at now + ttl. */
    @POST
    @Path("/{item}/renew")
    public Uni<GrantJson> renew(@RestPath String item, @NotNull @Valid HeldJson body) {
        return grants.renew(Kind.CLAIM, item, body);
    }

    /** Gives it back. */
    @POST
    @Path("/{item}/release")
    public Uni<Map<String, Object>> release(@RestPath String item, @NotNull @Valid HeldJson body) {
        return grants.release(Kind.CLAIM, item, body);
    }

    /** One, held or not. */
    @GET
    @Path("/{item}")
    @RolesAllowed({Roles.AGENT, Roles.OPERATOR, Roles.SERVICE, Roles.ADMIN})
    public Uni<ResourceJson> get(@RestPath String item) {
        return grants.get(Kind.CLAIM, item);
    }

    /** What is held, by name. */
    @GET
    @RolesAllowed({Roles.AGENT, Roles.OPERATOR, Roles.SERVICE, Roles.ADMIN})
    public Uni<Page<GrantJson>> list(
            @RestQuery @Nullable String prefix, @RestQuery @Nullable Integer limit, @RestQuery @Nullable String after) {
        return grants.list(Kind.CLAIM, prefix, limit, after);
    }
}

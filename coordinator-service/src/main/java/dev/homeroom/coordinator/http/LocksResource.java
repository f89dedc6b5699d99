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

/** Locks: one holder at a time. */
@Path("/api/locks")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.AGENT, Roles.SERVICE, Roles.ADMIN})
public class LocksResource {
    private final GrantOperations grants;

    /** Over what locks and claims have in common. */
    @Inject
    public LocksResource(GrantOperations grants) {
        this.grants = grants;
    }

    /** Acquires it; the same owner gets its present grant again. */
    @POST
    @Path("/{name}/acquire")
    public Uni<GrantJson> acquire(@RestPath String name, @NotNull @Valid AcquireJson body) {
        return grants.acquire(Kind.LOCK, name, body);
    }

    /** Puts its deadline at now + ttl. */
    @POST
    @Path("/{name}/renew")
    public Uni<GrantJson> renew(@RestPath String name, @NotNull @Valid HeldJson body) {
        return grants.renew(Kind.LOCK, name, body);
    }

    /** Gives it back. */
    @POST
    @Path("/{name}/release")
    public Uni<Map<String, Object>> release(@RestPath String name, @NotNull @Valid HeldJson body) {
        return grants.release(Kind.LOCK, name, body);
    }

    /** One, held or not. */
    @GET
    @Path("/{name}")
    @RolesAllowed({Roles.AGENT, Roles.OPERATOR, Roles.SERVICE, Roles.ADMIN})
    public Uni<ResourceJson> get(@RestPath String name) {
        return grants.get(Kind.LOCK, name);
    }

    /** What is held, by name. */
    @GET
    @RolesAllowed({Roles.AGENT, Roles.OPERATOR, Roles.SERVICE, Roles.ADMIN})
    public Uni<Page<GrantJson>> list(
            @RestQuery @Nullable String prefix, @RestQuery @Nullable Integer limit, @RestQuery @Nullable String after) {
        return grants.list(Kind.LOCK, prefix, limit, after);
    }
}

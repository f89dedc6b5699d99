package dev.homeroom.platform.problem;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.platform.page.Page;
import dev.homeroom.platform.security.ClassroomScope;
import dev.homeroom.platform.security.Roles;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One endpoint for each way in which a request can fail. */
@Path("/probe")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ProbeResource {
    private final ClassroomScope scope;

    ProbeResource(ClassroomScope scope) {
        this.scope = scope;
    }

    record Inner(int count) {}

    enum Colour {
        RED,
        GREEN
    }

    record Body(
            @NotBlank @Size(max = 10) @Nullable String name,
            @Nullable Integer number,
            @Nullable Instant at,
            @Nullable Duration length,
            @Nullable UUID id,
            @Nullable Colour colour,
            @Nullable List<Inner> parts,
            @Nullable Object any) {
        Body {
            if (number != null && number == 13) {
                throw new IllegalArgumentException("13 is not taken");
            }
        }
    }

    @POST
    @PermitAll
    public Page<Body> take(@Valid @NotNull Body body) {
        return new Page<>(List.of(body), null);
    }

    @GET
    @PermitAll
    public String limited(@QueryParam("limit") @Max(5) int limit) {
        return "ok";
    }

    @GET
    @Path("ids/{id}")
    @PermitAll
    public String byId(@PathParam("id") UUID id) {
        return id.toString();
    }

    @GET
    @Path("held")
    @PermitAll
    public String held() {
        throw new ProblemException(ProblemType.HELD, "Somebody has it.", Map.of("retryAfterMs", 250));
    }

    @GET
    @Path("broken")
    @PermitAll
    public String broken() {
        throw new IllegalStateException("the password is swordfish");
    }

    @GET
    @Path("operators")
    @RolesAllowed(Roles.OPERATOR)
    public String operators() {
        return "ok";
    }

    @GET
    @Path("forgotten")
    public String forgotten() {
        return "must never be seen";
    }

    @GET
    @Path("classrooms/{classroom}")
    @RolesAllowed({Roles.TEACHER, Roles.SERVICE})
    public String classroom(@PathParam("classroom") String classroom) {
        scope.require(classroom);
        return scope.caller().subject();
    }
}

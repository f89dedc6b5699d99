package dev.homeroom.coordinator.http;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.core.Kind;
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
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestHeader;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Limits: how many may hold a key at once. Setting and reading them; {@link PermitsResource} has what sessions do. */
@Path("/api/limits")
@Tag(name = "limits", description = "How many may hold a key at once, and how often it may be used.")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.AGENT, Roles.OPERATOR, Roles.SERVICE, Roles.ADMIN})
public class LimitsResource {
    private final Ask ask;
    private final GrantOperations grants;

    /** Over the coordinator. */
    @Inject
    public LimitsResource(Ask ask, GrantOperations grants) {
        this.ask = ask;
        this.grants = grants;
    }

    /** Sets permits, rate or both. */
    @PUT
    @Path("/{key}")
    @Operation(
            summary = "Set a limit",
            description = "Sets what is present and leaves the rest. Lowering it takes nothing from anybody. An "
                    + "Idempotency-Key makes it exactly-once.")
    @APIResponse(responseCode = "200", description = "The limit as it is now.")
    public Uni<LimitJson> put(
            @RestPath String key,
            @RestHeader("Idempotency-Key") @Nullable String idempotencyKey,
            @NotNull @Valid PutLimitJson body) {
        PutLimitJson.Rate rate = body.rate();
        Integer permits = body.permits();
        if (permits == null && rate == null) {
            throw new ProblemException(ProblemType.INVALID, "Send permits, rate or both.", Map.of("field", "permits"));
        }
        Uni<Answer.OneLimit> first = permits == null
                ? Uni.createFrom().nullItem()
                : ask.once(idempotencyKey, caller -> new Command.SetLimit(key, permits), Answer.OneLimit.class);
        Uni<Answer.OneLimit> both = rate == null
                ? first
                : first.chain(() -> ask.once(
                        idempotencyKey == null ? null : idempotencyKey + "/rate",
                        caller -> new Command.SetRate(key, rate.perSecond(), rate.burst()),
                        Answer.OneLimit.class));
        return both.map(LimitJson::of);
    }

    /** One limit. */
    @GET
    @Path("/{key}")
    @Operation(summary = "One limit", description = "A key nobody has set or uses is answered with the default.")
    @APIResponse(responseCode = "200", description = "The limit.")
    public Uni<RestResponse<LimitJson>> get(@RestPath String key, @RestQuery @Nullable String consistency) {
        return ask.read(consistency, new Command.GetLimit(key), Answer.OneLimit.class, LimitJson::of);
    }

    /** Limits by key. */
    @GET
    @Operation(summary = "Limits that were set or are in use", description = "By key.")
    @APIResponse(responseCode = "200", description = "A page.")
    public Uni<RestResponse<Page<LimitJson>>> list(
            @RestQuery @Nullable Integer limit,
            @RestQuery @Nullable String after,
            @RestQuery @Nullable String consistency) {
        return ask.read(
                consistency,
                new Command.ListLimits(Texts.orEmpty(after), Limit.of(limit)),
                Answer.LimitPage.class,
                page -> new Page<>(page.limits().stream().map(LimitJson::of).toList(), page.next()));
    }

    /** Who holds its permits. */
    @GET
    @Path("/{key}/grants")
    @Operation(summary = "Who holds permits of a limit", description = "At most 1,000.")
    @APIResponse(responseCode = "200", description = "The grants.")
    public Uni<RestResponse<List<GrantJson>>> holders(@RestPath String key, @RestQuery @Nullable String consistency) {
        return grants.resource(
                Kind.LIMIT,
                key,
                consistency,
                resource -> resource.grants().stream().map(GrantJson::of).toList());
    }

    /** Takes permits away from their holders, who are told. */
    @POST
    @Path("/{key}/force-release")
    @RolesAllowed({Roles.OPERATOR, Roles.ADMIN})
    @Operation(
            summary = "Take permits away from their holders",
            description =
                    "One with its token, or all. The holders are told with their next heartbeats. The audit trail "
                            + "keeps the reason and the subject of the token. An Idempotency-Key makes it exactly-once.")
    @APIResponse(responseCode = "200", description = "What was taken.")
    public Uni<ForceJson.Taken> forceRelease(
            @RestPath String key,
            @RestHeader("Idempotency-Key") @Nullable String idempotencyKey,
            @NotNull @Valid ForceJson body) {
        return grants.force(Kind.LIMIT, key, idempotencyKey, body);
    }
}

package dev.homeroom.coordinator.http;

import dev.homeroom.coordinator.core.Answer;
import dev.homeroom.coordinator.core.Command;
import dev.homeroom.coordinator.desk.Named;
import dev.homeroom.coordinator.desk.Places;
import dev.homeroom.platform.page.Limit;
import dev.homeroom.platform.page.Page;
import dev.homeroom.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** The audit trail: every grant, release, steal, expiry and force, with who and why (requirement R-L9). */
@Path("/api/audit")
@Tag(name = "audit", description = "What happened, newest first; the latest 10,000 changes. Kafka has all.")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.AGENT, Roles.OPERATOR, Roles.SERVICE, Roles.ADMIN})
public class AuditResource {
    private final Ask ask;

    /** Over the coordinator. */
    @Inject
    public AuditResource(Ask ask) {
        this.ask = ask;
    }

    /** The latest changes. */
    @GET
    @Operation(
            summary = "The audit trail",
            description =
                    "Newest first; next is null at the end of what is kept. The topic homeroom.grants.v1 has every "
                            + "change since the beginning.")
    @APIResponse(responseCode = "200", description = "A page.")
    public Uni<RestResponse<Page<AuditJson>>> list(
            @Parameter(description = "lock, claim or limit; absent: all, and sessions too") @RestQuery @Nullable
                    String kind,
            @Parameter(description = "name of the resource") @RestQuery @Nullable String name,
            @Parameter(description = "id of the session") @RestQuery @Nullable String session,
            @RestQuery @Nullable Integer limit,
            @RestQuery @Nullable String after,
            @RestQuery @Nullable String consistency) {
        return Uni.createFrom()
                .deferred(() -> ask.read(
                        consistency,
                        new Command.ReadAudit(
                                kind == null ? null : Named.kind(kind),
                                Texts.orEmpty(name),
                                Texts.orEmpty(session),
                                Places.place(Texts.orEmpty(after)),
                                Limit.of(limit)),
                        Answer.AuditPage.class,
                        page -> new Page<>(
                                page.changes().stream().map(AuditJson::of).toList(),
                                page.next() == null ? null : Places.text(page.next()))))
                .onFailure()
                .transform(Ask::asProblem);
    }
}

package dev.homeroom.coordinator.http;

import dev.homeroom.coordinator.Cluster;
import dev.homeroom.coordinator.ClusterChange;
import dev.homeroom.coordinator.ClusterRefused;
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
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** The replicas of the coordinator: who they are, how they stand, and how to change them. Any replica answers. */
@Path("/api/cluster")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.ADMIN)
@Tag(name = "Cluster", description = "The replicas of the coordinator, as their leader sees them")
public class ClusterResource {
    private final Cluster cluster;

    /** Over the cluster. */
    @Inject
    public ClusterResource(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Who takes part, who leads, who lags. */
    @GET
    @RolesAllowed({Roles.OPERATOR, Roles.ADMIN})
    @Operation(summary = "List the replicas", description = "Answered by the leader, whichever replica is asked.")
    public Uni<ClusterJson> list() {
        return ask(new ClusterChange.View());
    }

    /** Adds a replica that waits for it. */
    @POST
    @Path("/members")
    @Operation(
            summary = "Add a replica",
            description = "It must run already, with CLUSTER_BOOTSTRAP=false and an empty data directory. Answers when"
                    + " it has the whole state. The same again is no error; an id or address in use is a conflict.")
    public Uni<ClusterJson> add(@NotNull @Valid MemberAddJson body) {
        return ask(new ClusterChange.Add(body.toMember()));
    }

    /** Removes a replica. */
    @DELETE
    @Path("/members/{id}")
    @Operation(
            summary = "Remove a replica",
            description = "The leader hands its leadership over first. Refused when too few of the others answer to go"
                    + " on. The replica's process ends; empty its data directory before it is added again.")
    public Uni<ClusterJson> remove(@RestPath String id) {
        return ask(new ClusterChange.Remove(id));
    }

    /** Hands the leadership over. */
    @POST
    @Path("/transfer")
    @Operation(
            summary = "Hand the leadership over",
            description =
                    "To the member named, or to whoever lags least. Commands are taken again as soon as it leads.")
    public Uni<ClusterJson> transfer(@NotNull @Valid TransferJson body) {
        return ask(new ClusterChange.Transfer(Texts.orEmpty(body.to())));
    }

    private Uni<ClusterJson> ask(ClusterChange change) {
        return Uni.createFrom()
                .completionStage(() -> cluster.ask(change))
                .map(ClusterJson::of)
                .onFailure()
                .transform(ClusterResource::problem);
    }

    private static Throwable problem(Throwable failure) {
        return failure instanceof ClusterRefused refused
                ? new ProblemException(refused.type(), String.valueOf(refused.getMessage()))
                : Ask.asProblem(failure);
    }
}

package dev.homeroom.queue.http;

import dev.homeroom.platform.security.Roles;
import dev.homeroom.queue.core.ClaimFilter;
import dev.homeroom.queue.core.insight.NextQuery;
import dev.homeroom.queue.insight.NextList;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What is next, and who holds what (R-Q8). */
@Path("/api/tasks/next")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.OPERATOR, Roles.AGENT})
@Tag(name = "insight")
public class NextResource {
    /** Items of each list, unless asked for otherwise. */
    static final int DEFAULT = 20;

    /** The most items of each list: for each holder and each limit among them the coordinator is asked. */
    static final int MOST = 200;

    private final NextList list;

    /** Of this list. */
    public NextResource(NextList list) {
        this.list = list;
    }

    /** What is ready in the order in which it would be taken, what waits for permits, and who holds what. */
    @GET
    @Operation(
            summary = "What is next",
            description =
                    "items: what is ready, in the order in which it would be taken; level is the priority with what "
                            + "waiting has added. blocked: ready but for a permit of the limits in blockedBy. held: who holds what, "
                            + "held longest first; heartbeatColour is green below 60 s, yellow below 180 s, red beyond. With "
                            + "session, only what it can do, and what it would get. When the coordinator does not answer, "
                            + "coordinator is unreachable and ages are absent.")
    @APIResponse(responseCode = "200", description = "The lists.")
    @APIResponse(responseCode = "400", description = "invalid: a parameter is out of its bounds.")
    public CompletionStage<NextView> next(
            @QueryParam("limit") @Nullable Integer limit,
            @QueryParam("type") @Nullable String type,
            @QueryParam("lesson") @Nullable String lesson,
            @QueryParam("session") @Nullable String session) {
        return Answers.of(CompletableFuture.completedStage(limit)
                .thenCompose(asked -> {
                    String only = Checks.optionalName("type", type);
                    var filter = new ClaimFilter(
                            only == null ? List.of() : List.of(only), Checks.optionalName("lesson", lesson));
                    return list.look(new NextQuery(
                            filter,
                            Checks.optionalName("session", session),
                            Checks.range("limit", asked, DEFAULT, 1, MOST)));
                })
                .thenApply(NextView::of));
    }
}

package dev.homeroom.queue.http;

import dev.homeroom.platform.security.Roles;
import dev.homeroom.queue.core.insight.StatsQuery;
import dev.homeroom.queue.insight.StatsDesk;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Statistics (R-Q10). */
@Path("/api/tasks/stats")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed({Roles.OPERATOR, Roles.AGENT})
@Tag(name = "insight")
public class StatsResource {
    /** The window, unless asked for otherwise. */
    static final Duration WINDOW = Duration.ofMinutes(15);

    /** The longest window: some tens of thousands of small rows. */
    static final Duration LONGEST = Duration.ofHours(6);

    private final StatsDesk desk;

    /** Of this desk. */
    public StatsResource(StatsDesk desk) {
        this.desk = desk;
    }

    /** How many tasks stand where, and what happened within the window. */
    @GET
    @Operation(
            summary = "Statistics of the queue",
            description =
                    "byStatus, due and oldestDue are of this moment (at most a second old); throughput, latency and "
                            + "attempts are of the window, over all replicas. wait is from due to claimed, run from claimed to "
                            + "finished; percentiles are the upper end of a bucket, at most 6.25 % too high. A replica that is "
                            + "killed loses at most its last 10 s of the window's figures, never of byStatus.")
    @APIResponse(responseCode = "200", description = "The statistics.")
    @APIResponse(responseCode = "400", description = "invalid: a parameter is out of its bounds.")
    public CompletionStage<StatsView> stats(
            @QueryParam("window") @Nullable String window,
            @QueryParam("type") @Nullable String type,
            @QueryParam("lesson") @Nullable String lesson) {
        return Answers.of(CompletableFuture.completedStage(0)
                .thenCompose(_ -> desk.stats(new StatsQuery(
                        Checks.duration("window", duration(window), WINDOW, Duration.ofMinutes(1), LONGEST),
                        Checks.optionalName("type", type),
                        Checks.optionalName("lesson", lesson))))
                .thenApply(StatsView::of));
    }

    private static @Nullable Duration duration(@Nullable String text) {
        try {
            return text == null ? null : Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw Checks.invalid("window: must be an ISO-8601 duration such as PT15M.");
        }
    }
}

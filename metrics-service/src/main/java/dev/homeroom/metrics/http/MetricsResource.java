package dev.homeroom.metrics.http;

import dev.homeroom.metrics.edge.Body;
import dev.homeroom.metrics.edge.EventReader;
import dev.homeroom.metrics.edge.Publisher;
import dev.homeroom.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Where education apps publish metric events (R-M1). Answers 202 after the broker has every accepted event.
 *
 * <p>One event: refused with a problem of its own. An array or lines: every bad event is listed with its place, and the
 * others are taken; even when all are bad, the request as such is fine (202, none accepted). 400 only for a body that
 * cannot be read.
 */
@Path("/api/metrics")
public class MetricsResource {
    private final Intake intake;
    private final Clock clock = Clock.systemUTC();

    /** Takes what every door of the edge goes through. */
    @Inject
    public MetricsResource(Intake intake) {
        this.intake = intake;
    }

    /** Takes one event, an array or lines of events, at most 1,000 and 1 MiB. */
    @POST
    @RolesAllowed(Roles.APP)
    @Consumes({MediaType.APPLICATION_JSON, Body.NDJSON})
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public Response publish(
            @HeaderParam(HttpHeaders.CONTENT_TYPE) String contentType,
            @HeaderParam(HttpHeaders.CONTENT_ENCODING) @Nullable String encoding,
            byte[] bytes) {
        Publisher publisher = intake.publisher();
        boolean lines = contentType.startsWith(Body.NDJSON);
        Sorted sorted = Sorted.of(
                Body.read(Body.unpacked(bytes, encoding), lines, new EventReader(publisher, clock.instant())), "event");
        intake.publish(
                Intake.Format.METRICS,
                publisher,
                sorted.taken(),
                sorted.refused().size());
        return Response.accepted(sorted.answer()).build();
    }
}

package dev.homeroom.metrics.http;

import dev.homeroom.metrics.edge.Body;
import dev.homeroom.metrics.edge.Envelope;
import dev.homeroom.metrics.edge.Publisher;
import dev.homeroom.metrics.edge.TreeReader;
import dev.homeroom.metrics.edge.caliper.CaliperEvents;
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
 * Where Caliper sensors send their envelopes (R-M1). Answers 202 after the broker has every accepted event; the others
 * are listed with their place, as at {@link MetricsResource}. What an event becomes: {@link CaliperEvents}.
 */
@Path("/caliper")
public class CaliperResource {
    private final Intake intake;
    private final Clock clock = Clock.systemUTC();

    /** Takes what every door of the edge goes through. */
    @Inject
    public CaliperResource(Intake intake) {
        this.intake = intake;
    }

    /** Takes an envelope with at most 1,000 events, of 1 MiB. */
    @POST
    @RolesAllowed(Roles.APP)
    @Consumes({MediaType.APPLICATION_JSON, "application/ld+json"})
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public Response publish(@HeaderParam(HttpHeaders.CONTENT_ENCODING) @Nullable String encoding, byte[] bytes) {
        Publisher publisher = intake.publisher();
        TreeReader reader = new TreeReader(new CaliperEvents(), publisher, clock.instant());
        Sorted sorted = Sorted.of(Envelope.read(Body.unpacked(bytes, encoding), reader), "event");
        intake.publish(
                Intake.Format.CALIPER,
                publisher,
                sorted.taken(),
                sorted.refused().size());
        return Response.accepted(sorted.answer()).build();
    }
}

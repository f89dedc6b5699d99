package dev.homeroom.metrics.http;

import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.metrics.edge.Body;
import dev.homeroom.metrics.edge.EventReader;
import dev.homeroom.metrics.edge.Publisher;
import dev.homeroom.metrics.edge.Reading;
import dev.homeroom.platform.problem.ProblemException;
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
import java.util.ArrayList;
import java.util.List;
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
        Body body = Body.read(Body.unpacked(bytes, encoding), lines, new EventReader(publisher, clock.instant()));
        return publish(publisher, body);
    }

    private Response publish(Publisher publisher, Body body) {
        List<MetricEvent> taken = new ArrayList<>(body.events().size());
        List<Rejected> refused = new ArrayList<>();
        for (int i = 0; i < body.events().size(); i++) {
            switch (body.events().get(i)) {
                case Reading.Taken(var event) -> taken.add(event);
                case Reading.Refused(var why)
                when body.single() -> throw new ProblemException(why.type(), "The event: " + why.detail() + ".");
                case Reading.Refused(var why) ->
                    refused.add(new Rejected(i, why.type().urn(), why.detail()));
            }
        }
        intake.publish(Intake.Format.METRICS, publisher, taken, refused.size());
        return Response.accepted(new Answer(taken.size(), refused)).build();
    }

    /**
     * What became of a request.
     *
     * @param accepted how many events the broker holds
     * @param rejected the others
     */
    public record Answer(int accepted, List<Rejected> rejected) {}

    /**
     * An event that was not taken.
     *
     * @param index its place among the events of the request (blank lines do not count), from 0
     * @param type a problem type
     * @param detail the field, and what is wrong with it
     */
    public record Rejected(int index, String type, String detail) {}
}

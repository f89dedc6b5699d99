package dev.homeroom.metrics.http;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.contracts.usability.MetricEvent;
import dev.homeroom.metrics.edge.Body;
import dev.homeroom.metrics.edge.Publisher;
import dev.homeroom.metrics.edge.Text;
import dev.homeroom.metrics.edge.TreeReader;
import dev.homeroom.metrics.edge.xapi.StatementMemory;
import dev.homeroom.metrics.edge.xapi.Statements;
import dev.homeroom.platform.problem.ProblemException;
import dev.homeroom.platform.security.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where apps that speak xAPI send their statements (R-M1), as they would to a learning-record store: a request counts as
 * a whole, and is answered with the ids. With {@code Prefer: handling=lenient} (RFC 7240) the good ones of a list are taken
 * and the others told, as at {@link MetricsResource}. What a statement becomes: {@link Statements}. There is nothing to
 * read back here.
 */
@Path("/xapi")
public class XapiResource {
    private static final String LENIENT = "handling=lenient";
    private static final String ITEMS = "statements";

    private final Intake intake;
    private final StatementMemory memory;
    private final Clock clock = Clock.systemUTC();

    /** Takes what every door of the edge goes through, and what is known of earlier statements. */
    @Inject
    public XapiResource(Intake intake, StatementMemory memory) {
        this.intake = intake;
        this.memory = memory;
    }

    /** Tells which versions are spoken. */
    @GET
    @Path("/about")
    @PermitAll
    @Produces(MediaType.APPLICATION_JSON)
    public Map<String, List<String>> about() {
        return Map.of("version", XapiVersions.OFFERED);
    }

    /** Takes a statement or a list of them: 200 with their ids, in order. */
    @POST
    @Path("/statements")
    @RolesAllowed(Roles.APP)
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public Response post(
            @HeaderParam(XapiVersions.HEADER) @Nullable String version,
            @HeaderParam("Prefer") @Nullable String prefer,
            @HeaderParam(HttpHeaders.CONTENT_ENCODING) @Nullable String encoding,
            byte[] bytes) {
        XapiVersions.require(version);
        Publisher publisher = intake.publisher();
        Sorted sorted = Sorted.of(read(bytes, encoding, publisher, null), "statement");
        distinct(sorted.taken());
        boolean lenient = prefer != null && prefer.toLowerCase(Locale.ROOT).contains(LENIENT);
        if (!lenient) {
            sorted.requireAll(ITEMS);
        }
        publish(publisher, sorted);
        List<UUID> ids = sorted.taken().stream().map(MetricEvent::id).toList();
        return lenient
                ? Response.ok(new Partly(sorted.taken().size(), sorted.refused(), ids))
                        .header("Preference-Applied", LENIENT)
                        .build()
                : Response.ok(ids).build();
    }

    /** Takes one statement under the id in the address: 204. */
    @PUT
    @Path("/statements")
    @RolesAllowed(Roles.APP)
    @Consumes(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public Response put(
            @HeaderParam(XapiVersions.HEADER) @Nullable String version,
            @QueryParam("statementId") @Nullable String statementId,
            @HeaderParam(HttpHeaders.CONTENT_ENCODING) @Nullable String encoding,
            byte[] bytes) {
        XapiVersions.require(version);
        Publisher publisher = intake.publisher();
        UUID id = statementId == null ? null : Text.uuid(statementId);
        if (id == null) {
            throw new ProblemException(ProblemType.INVALID, "The parameter statementId must be a UUID.");
        }
        Body body = read(bytes, encoding, publisher, id);
        if (!body.single()) {
            throw new ProblemException(ProblemType.MALFORMED, "A PUT has one statement; send a list by POST.");
        }
        publish(publisher, Sorted.of(body, "statement"));
        return Response.noContent().build();
    }

    private Body read(byte[] bytes, @Nullable String encoding, Publisher publisher, @Nullable UUID id) {
        return Body.read(
                Body.unpacked(bytes, encoding), false, new TreeReader(new Statements(id), publisher, clock.instant()));
    }

    private void publish(Publisher publisher, Sorted sorted) {
        StatementMemory.Recalled recalled = memory.recall(sorted.taken());
        if (!recalled.conflicts().isEmpty()) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "Nothing is taken: another statement is known under the same id.",
                    Map.of("ids", recalled.conflicts()));
        }
        try {
            intake.publish(
                    Intake.Format.XAPI,
                    publisher,
                    recalled.events(),
                    sorted.refused().size());
        } catch (ProblemException e) {
            memory.unsure(recalled);
            throw e;
        }
    }

    private static void distinct(List<MetricEvent> events) {
        Set<UUID> seen = new HashSet<>();
        for (MetricEvent event : events) {
            if (!seen.add(event.id())) {
                throw new ProblemException(ProblemType.INVALID, "The id " + event.id() + " is there twice.");
            }
        }
    }

    /**
     * What became of a list of statements that was taken in part.
     *
     * @param accepted how many events the broker holds
     * @param rejected the others
     * @param ids of those that were accepted, in order
     */
    public record Partly(int accepted, List<Rejected> rejected, List<UUID> ids) {}
}

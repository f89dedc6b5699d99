package dev.homeroom.metrics.http;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.platform.problem.ProblemException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.List;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/**
 * The versions of xAPI. Every request tells its own in a header, and every answer, refusals too, tells the latest one of
 * that line (xAPI 1.0.3, part three, 3.3).
 */
public class XapiVersions {
    static final String HEADER = "X-Experience-API-Version";
    static final List<String> OFFERED = List.of("1.0.3", "2.0.0");

    private static final Pattern KNOWN = Pattern.compile("(1|2)\\.0(\\.\\d{1,4})?");

    /**
     * Goes on only with a version that is known.
     *
     * @throws ProblemException {@code invalid}
     */
    static void require(@Nullable String version) {
        if (version == null || !KNOWN.matcher(version.strip()).matches()) {
            throw new ProblemException(
                    ProblemType.INVALID, "The header " + HEADER + " must be one of 1.0, 1.0.x, 2.0 and 2.0.x.");
        }
    }

    /** Tells the version with every answer below /xapi. */
    @ServerResponseFilter
    public void stamp(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getUriInfo().getPath().startsWith("/xapi/")) {
            String asked = request.getHeaderString(HEADER);
            boolean second = asked != null && asked.strip().startsWith("2");
            response.getHeaders().putSingle(HEADER, OFFERED.get(second ? 1 : 0));
        }
    }
}

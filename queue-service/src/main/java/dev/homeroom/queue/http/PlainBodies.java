package dev.homeroom.queue.http;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.platform.problem.ProblemException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Refuses compressed bodies in words: read as they are they would only look broken. */
public final class PlainBodies {
    /** Before the body is read. */
    @ServerRequestFilter(preMatching = true)
    public void check(ContainerRequestContext request) {
        var encoding = request.getHeaderString(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "Send the body as it is: compressed bodies are not taken here.");
        }
    }
}

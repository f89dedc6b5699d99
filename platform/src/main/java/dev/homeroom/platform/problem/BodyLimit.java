package dev.homeroom.platform.problem;

import dev.homeroom.contracts.problem.ProblemType;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses a body that announces itself as too large, with a problem and before any of it is read. The framework's own
 * limit, without words, stays behind it for bodies of unknown length.
 */
@ApplicationScoped
public class BodyLimit {
    /** After the check of origins, before everything of the framework. */
    private static final int PRIORITY = 900;

    private final long mostBytes;

    /** With the limit of the HTTP server. */
    @Inject
    public BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize most) {
        this.mostBytes = most.asLongValue();
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    private void check(RoutingContext context) {
        String announced = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (announced == null || isWithin(announced)) {
            context.next();
            return;
        }
        // The rest of the body is not read, so nothing can follow it on this connection.
        HttpServerResponse response = context.response();
        response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        response.endHandler(_ -> context.request().connection().close());
        RouteProblems.answer(
                context, Problem.of(ProblemType.TOO_LARGE, "A request may have " + mostBytes + " bytes at most."));
    }

    private boolean isWithin(String announced) {
        try {
            return Long.parseLong(announced) <= mostBytes;
        } catch (NumberFormatException e) {
            return false;
        }
    }
}

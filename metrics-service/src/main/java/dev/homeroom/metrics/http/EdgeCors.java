package dev.homeroom.metrics.http;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;

/**
 * Lets pages of other origins publish: education apps live elsewhere. Which origins may call at all was decided before,
 * by the platform's {@code OriginCheck}; here the browser is told, on the edge's routes only. Credentials are not allowed:
 * there are no cookies, a tracker shows its token.
 */
@ApplicationScoped
public class EdgeCors {
    /** After the check of origins (1000), before authentication: a preflight carries no token. */
    private static final int PRIORITY = 950;

    private static final Set<String> ROUTES = Set.of("/api/metrics", "/xapi/statements", "/xapi/about", "/caliper");
    private static final String METHODS = "GET, POST, PUT";
    private static final String HEADERS =
            "authorization, content-type, content-encoding, prefer, x-experience-api-version";
    private static final String PREFLIGHT_SECONDS = "3600";

    void register(@Observes Filters filters) {
        filters.register(this::answer, PRIORITY);
    }

    private void answer(RoutingContext context) {
        String origin = context.request().getHeader(HttpHeaders.ORIGIN);
        if (origin == null || !ROUTES.contains(context.normalizedPath())) {
            context.next();
            return;
        }
        HttpServerResponse response = context.response();
        response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        response.putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, "retry-after, x-experience-api-version");
        response.putHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        if (context.request().method().equals(HttpMethod.OPTIONS)
                && context.request().headers().contains(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD)) {
            response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
                    .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, HEADERS)
                    .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, PREFLIGHT_SECONDS)
                    .setStatusCode(204)
                    .end();
        } else {
            context.next();
        }
    }
}

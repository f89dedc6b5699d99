package dev.homeroom.platform.security;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.platform.problem.Problem;
import dev.homeroom.platform.problem.RouteProblems;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/**
 * Applies the {@link OriginPolicy} to every request before anything else happens, upgrades to WebSocket included. Health
 * probes are exempt: orchestrators send them to bare addresses, and the answers hold no data.
 */
@ApplicationScoped
public class OriginCheck {
    /** Before authentication (200), authorization (100) and CORS (300) of the framework. */
    private static final int PRIORITY = 1000;

    private static final String HEALTH = "/q/health";

    private final OriginPolicy policy;

    /** With the configured hosts and origins. */
    @Inject
    public OriginCheck(PlatformSettings settings) {
        this.policy = new OriginPolicy(settings.allowedHosts(), settings.allowedOrigins());
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, PRIORITY);
    }

    private void check(RoutingContext context) {
        if (context.normalizedPath().startsWith(HEALTH)) {
            context.next();
            return;
        }
        String refusal = policy.refusal(hostOf(context), context.request().getHeader(HttpHeaders.ORIGIN));
        if (refusal == null) {
            context.next();
        } else {
            RouteProblems.answer(context, Problem.of(ProblemType.FORBIDDEN, refusal));
        }
    }

    private static @Nullable String hostOf(RoutingContext context) {
        HostAndPort authority = context.request().authority();
        return authority == null ? null : authority.host();
    }
}

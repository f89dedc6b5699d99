package dev.homeroom.dashboard.http;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.dashboard.DashboardSettings;
import dev.homeroom.platform.problem.Problem;
import dev.homeroom.platform.problem.RouteProblems;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Where {@code TEACHER_DASHBOARD_ENABLED} is false, teachers have neither page nor actions (R-O6). Alerts are kept all the
 * same, and other services still read them.
 */
@ApplicationScoped
public class Switch {
    /** After the check of the origin, before authentication. */
    private static final int PRIORITY = 900;

    private final DashboardSettings settings;

    /** Takes the settings. */
    Switch(DashboardSettings settings) {
        this.settings = settings;
    }

    void register(@Observes Filters filters) {
        if (!settings.enabled()) {
            filters.register(Switch::refuse, PRIORITY);
        }
    }

    private static void refuse(RoutingContext context) {
        var path = context.normalizedPath();
        if (path.startsWith("/q/") || path.endsWith("/alerts") || path.endsWith("/alert-changes")) {
            context.next();
        } else {
            RouteProblems.answer(
                    context, Problem.of(ProblemType.NOT_FOUND, "The teacher dashboard is switched off here."));
        }
    }
}

package dev.homeroom.metrics.http;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.metrics.query.QueryBook;
import dev.homeroom.metrics.query.Rows;
import dev.homeroom.platform.page.Page;
import dev.homeroom.platform.problem.ProblemException;
import dev.homeroom.platform.security.Caller;
import dev.homeroom.platform.security.ClassroomScope;
import dev.homeroom.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** Elements of apps that are suspected, for the apps' owners and for operators (R-M4); {@code docs/metrics-suspect.md}. */
@Path("/api/metrics/suspects")
@RolesAllowed({Roles.APP, Roles.OPERATOR, Roles.ADMIN, Roles.SERVICE})
@Produces(MediaType.APPLICATION_JSON)
public class SuspectsResource {
    private final QueryBook book;
    private final ClassroomScope scope;

    /** Takes what answers, and whose request it is. */
    @Inject
    public SuspectsResource(QueryBook book, ClassroomScope scope) {
        this.book = book;
        this.scope = scope;
    }

    /** Suspicions that began in the time, latest first; an app's token sees those of its app. No student is named. */
    @GET
    public Uni<Page<Rows.Suspect>> list(@BeanParam QueryParameters asked) {
        asked.only("app", "status", "from", "to", "after", "limit");
        Caller caller = scope.caller();
        if (!scope.caller().is(Roles.OPERATOR) && !caller.is(Roles.ADMIN) && !caller.is(Roles.SERVICE)) {
            asked.app = own(caller, asked.app);
        }
        return QueryResource.page(asked.question(scope, 2), book::suspects);
    }

    private static String own(Caller caller, @Nullable String asked) {
        String app = caller.app();
        // A browser's token names a student: it is for publishing.
        if (app == null || caller.student() != null || (asked != null && !asked.equals(app))) {
            throw new ProblemException(ProblemType.FORBIDDEN, "The token does not name this app.");
        }
        return app;
    }
}

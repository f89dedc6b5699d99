package dev.homeroom.platform.problem;

import dev.homeroom.contracts.problem.ProblemType;
import io.quarkus.security.AuthenticationException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jspecify.annotations.Nullable;

/** Problems that arise outside REST: before it (security, limits), beside it, and where nothing is served at all. */
@ApplicationScoped
public class RouteProblems {
    /** Behind every other route; the very last place belongs to the framework's own error handler. */
    private static final int LAST = Integer.MAX_VALUE - 1;

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(RouteProblems::failed);
        router.route().order(LAST).handler(RouteProblems::notFound);
    }

    /** Ends the request with this problem; does nothing when an answer is already on its way. */
    public static void answer(RoutingContext context, Problem problem) {
        HttpServerResponse response = context.response();
        if (response.headWritten() || response.ended()) {
            return;
        }
        if (problem.status() == ProblemType.UNAUTHENTICATED.status()) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        response.setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .end(new JsonObject(problem.members()).toBuffer());
    }

    /** The problem of this type in the words that every service uses for it. */
    public static Problem standard(ProblemType type) {
        return Problem.of(type, ProblemMappers.wordsFor(type));
    }

    private static void notFound(RoutingContext context) {
        answer(context, standard(ProblemType.NOT_FOUND));
    }

    private static void failed(RoutingContext context) {
        if (context.response().headWritten()) {
            context.next();
            return;
        }
        answer(context, problemOf(context));
    }

    private static Problem problemOf(RoutingContext context) {
        Throwable failure = context.failure();
        return switch (failure) {
            case null -> ofStatus(context.statusCode(), null);
            case ProblemException e -> e.problem();
            case ForbiddenException _ -> standard(ProblemType.FORBIDDEN);
            case UnauthorizedException _, AuthenticationException _ -> standard(ProblemType.UNAUTHENTICATED);
            default -> ofStatus(context.statusCode(), failure);
        };
    }

    private static Problem ofStatus(int status, @Nullable Throwable failure) {
        ProblemType type = Statuses.typeOf(status);
        return type == ProblemType.INTERNAL ? ProblemMappers.logged(failure) : standard(type);
    }
}

package dev.homeroom.platform.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.homeroom.contracts.problem.ProblemType;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.http.HttpClosedException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/**
 * Turns whatever ends a REST request early into problem+json. The same words for the same mistake on every service;
 * a defect is logged under an id, and the caller gets the id only.
 */
public final class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    /** What the code below the resource decided to answer. */
    @ServerExceptionMapper
    public Response problem(ProblemException e) {
        return answer(e.problem());
    }

    /** JSON that fits no type of ours. */
    @ServerExceptionMapper(priority = 1)
    public Response mismatch(MismatchedInputException e) {
        return json(e);
    }

    /** JSON that is not JSON. */
    @ServerExceptionMapper(priority = 1)
    public Response json(JsonProcessingException e) {
        return e instanceof InvalidDefinitionException ? defect(e) : answer(JsonProblems.of(e));
    }

    /** Values that break a declared constraint. */
    @ServerExceptionMapper(priority = 1)
    public Response violation(ConstraintViolationException e) {
        return Violations.concernsAnswer(e) ? defect(e) : answer(Violations.problem(e));
    }

    /** What the REST layer found by itself: no such path, method, media type, too large, … */
    @ServerExceptionMapper(priority = 1)
    public Response rest(WebApplicationException e) {
        if (e.getCause() instanceof JsonProcessingException cause) {
            return json(cause);
        }
        Response given = e.getResponse();
        if (given.hasEntity()) {
            return given;
        }
        ProblemType type = Statuses.typeOf(given.getStatus());
        if (type == ProblemType.INTERNAL) {
            return defect(e);
        }
        Response.ResponseBuilder answer = Response.fromResponse(answer(Problem.of(type, wordsFor(type))));
        String allow = given.getHeaderString(HttpHeaders.ALLOW);
        return allow == null
                ? answer.build()
                : answer.header(HttpHeaders.ALLOW, allow).build();
    }

    /** No token where one is needed. */
    @ServerExceptionMapper(priority = 1)
    public Response noToken(UnauthorizedException e) {
        return unauthenticated();
    }

    /** A token that does not verify. */
    @ServerExceptionMapper(priority = 1)
    public Response badToken(AuthenticationFailedException e) {
        return unauthenticated();
    }

    /** A good token without the role. */
    @ServerExceptionMapper(priority = 1)
    public Response wrongRole(ForbiddenException e) {
        return answer(Problem.of(ProblemType.FORBIDDEN, wordsFor(ProblemType.FORBIDDEN)));
    }

    /** Asynchronous code wraps what it threw. */
    @ServerExceptionMapper(priority = 1)
    public Response wrapped(CompletionException e) {
        return e.getCause() instanceof ProblemException cause ? problem(cause) : defect(e);
    }

    /** A caller that went away before its request was whole is no defect: browsers do so whenever a page is left. */
    @ServerExceptionMapper(priority = 1)
    public Response cutOff(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ClosedChannelException || cause instanceof HttpClosedException) {
                LOG.debugf("A request was cut off: %s", e.getMessage());
                return answer(Problem.of(ProblemType.MALFORMED, "The request ended before its body did."));
            }
        }
        return defect(e);
    }

    /** Everything else is a defect. */
    @ServerExceptionMapper(priority = 1)
    public Response defect(Throwable e) {
        return answer(logged(e));
    }

    /** Logs a defect under a fresh id and gives the problem that names it. */
    static Problem logged(@Nullable Throwable e) {
        String id = "urn:uuid:" + UUID.randomUUID();
        LOG.errorf(e, "Request failed, %s", id);
        return Problem.of(ProblemType.INTERNAL, "The log knows more under the instance named here.")
                .withInstance(id);
    }

    /** Default words for what a library refused. */
    static String wordsFor(ProblemType type) {
        return switch (type) {
            case UNAUTHENTICATED -> "Send a valid, unexpired token: Authorization: Bearer <token>.";
            case FORBIDDEN -> "The token's role does not allow this.";
            case NOT_FOUND -> "Nothing is served under this path, or its parameters cannot be read.";
            case METHOD_NOT_ALLOWED -> "The path is served, but not by this method.";
            default -> type.title() + ".";
        };
    }

    private static Response unauthenticated() {
        ProblemType type = ProblemType.UNAUTHENTICATED;
        return Response.fromResponse(answer(Problem.of(type, wordsFor(type))))
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build();
    }

    private static Response answer(Problem problem) {
        // Without a value the header is left out.
        return Response.status(problem.status())
                .type(Problem.MEDIA_TYPE)
                .header(HttpHeaders.RETRY_AFTER, problem.retryAfter())
                .entity(problem)
                .build();
    }
}

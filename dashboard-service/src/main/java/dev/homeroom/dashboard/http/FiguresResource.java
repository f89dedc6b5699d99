package dev.homeroom.dashboard.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.dashboard.Figures;
import dev.homeroom.platform.problem.ProblemException;
import dev.homeroom.platform.security.Caller;
import dev.homeroom.platform.security.ClassroomScope;
import dev.homeroom.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Figures of classrooms and students, within the caller's classrooms (R-T1, R-T5). */
@Path("/api")
public class FiguresResource {
    private static final Set<String> EVERYWHERE = Set.of(Caller.EVERY_CLASSROOM);

    private final Figures figures;
    private final ClassroomScope scope;

    /** Takes where the figures come from, and whose request it is. */
    FiguresResource(Figures figures, ClassroomScope scope) {
        this.figures = figures;
        this.scope = scope;
    }

    /** Events, students, errors and success of a classroom by buckets of time, and its students. */
    @GET
    @Path("/classroom/{id}/metrics")
    @RolesAllowed({Roles.TEACHER, Roles.ADMIN, Roles.SERVICE})
    public Uni<JsonNode> classroom(
            @RestPath @Size(max = 200) String id,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("bucket") @Nullable String bucket) {
        scope.require(id);
        var answer = figures.classroom(
                id,
                parsed("from", from, Instant::parse),
                parsed("to", to, Instant::parse),
                parsed("bucket", bucket, Duration::parse));
        return answer.onFailure().transform(FiguresResource::problem);
    }

    /** How frustrated a student is, as far as the caller's classrooms saw it. */
    @GET
    @Path("/students/{id}/frustration")
    @RolesAllowed({Roles.TEACHER, Roles.ADMIN, Roles.SERVICE})
    public Uni<JsonNode> student(@RestPath @Size(max = 200) String id) {
        return figures.student(id, scope.all() ? EVERYWHERE : scope.classrooms())
                .onFailure()
                .transform(FiguresResource::problem);
    }

    private static <T> @Nullable T parsed(String name, @Nullable String text, Function<String, T> parse) {
        try {
            return text == null ? null : parse.apply(text);
        } catch (DateTimeException e) {
            throw new ProblemException(ProblemType.INVALID, name + " is not an ISO-8601 value: " + e.getMessage());
        }
    }

    private static Throwable problem(Throwable failure) {
        return switch (failure) {
            case Figures.Refused refused
            when refused.status() == 404 ->
                new ProblemException(ProblemType.NOT_FOUND, String.valueOf(refused.getMessage()));
            case Figures.Refused refused ->
                new ProblemException(ProblemType.INVALID, String.valueOf(refused.getMessage()));
            case Figures.Unavailable _ ->
                new ProblemException(ProblemType.UNAVAILABLE, "The figures cannot be had now; alerts still come.");
            default -> failure;
        };
    }
}

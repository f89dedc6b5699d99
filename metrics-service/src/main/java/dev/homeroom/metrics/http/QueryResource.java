package dev.homeroom.metrics.http;

import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.metrics.query.Bucket;
import dev.homeroom.metrics.query.QueryBook;
import dev.homeroom.metrics.query.Question;
import dev.homeroom.metrics.query.Rows;
import dev.homeroom.platform.page.Page;
import dev.homeroom.platform.problem.ProblemException;
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
import java.time.DateTimeException;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** What is stored, for teachers and analysts, within the caller's classrooms (R-M5, R-T5); {@code docs/metrics-queries.md}. */
@Path("/api/metrics")
@RolesAllowed({Roles.TEACHER, Roles.ADMIN, Roles.SERVICE})
@Produces(MediaType.APPLICATION_JSON)
public class QueryResource {
    private static final Logger LOG = Logger.getLogger(QueryResource.class);

    private final QueryBook book;
    private final ClassroomScope scope;

    /** Takes what answers, and whose request it is. */
    @Inject
    public QueryResource(QueryBook book, ClassroomScope scope) {
        this.book = book;
        this.scope = scope;
    }

    /** Figures of a classroom by minute, hour or day, app and skill. */
    @GET
    @Path("/rollups")
    public Uni<Page<Rows.Rollup>> rollups(@BeanParam QueryParameters asked) {
        asked.only("classroom", "app", "skill", "bucket", "from", "to", "after", "limit");
        String _ = asked.classroom(scope);
        Bucket bucket = asked.bucket(EnumSet.allOf(Bucket.class));
        return page(asked.question(scope, 3), question -> book.rollups(question, bucket));
    }

    /** Figures of the students of a classroom, or of a student, by hour or day, app and skill. */
    @GET
    @Path("/students")
    public Uni<Page<Rows.StudentRollup>> students(@BeanParam QueryParameters asked) {
        asked.only("classroom", "student", "app", "skill", "bucket", "from", "to", "after", "limit");
        aboutSomebody(asked);
        Bucket bucket = asked.bucket(EnumSet.of(Bucket.HOUR, Bucket.DAY));
        return page(asked.question(scope, 5), question -> book.students(question, bucket));
    }

    /** Episodes of a classroom or of a student that began in the time, latest first. */
    @GET
    @Path("/episodes")
    public Uni<Page<Rows.Episode>> episodes(@BeanParam QueryParameters asked) {
        asked.only("classroom", "student", "app", "skill", "detector", "status", "from", "to", "after", "limit");
        aboutSomebody(asked);
        return page(asked.question(scope, 2), book::episodes);
    }

    /** The metric events of a student in a classroom. */
    @GET
    @Path("/events")
    public Uni<Page<Rows.Event>> events(@BeanParam QueryParameters asked) {
        asked.only("classroom", "student", "app", "skill", "from", "to", "after", "limit");
        String _ = asked.classroom(scope);
        QueryParameters.check(asked.student != null, "student", "is missing");
        return page(asked.question(scope, 3), book::events);
    }

    /** Where the students of a classroom struggle, by app and skill; times count by the hour. */
    @GET
    @Path("/struggle")
    public Uni<Page<Rows.Struggle>> struggle(@BeanParam QueryParameters asked) {
        asked.only("classroom", "app", "skill", "from", "to", "after", "limit");
        String _ = asked.classroom(scope);
        return page(asked.question(scope, 3), book::struggle);
    }

    /** How a classroom stands now. */
    @GET
    @Path("/snapshot")
    public Uni<Rows.Snapshot> snapshot(@BeanParam QueryParameters asked) {
        return book.snapshot(asked.only("classroom").classroom(scope))
                .onFailure()
                .transform(QueryResource::unavailable);
    }

    private static void aboutSomebody(QueryParameters asked) {
        QueryParameters.check(
                asked.classroom != null || asked.student != null, "classroom", "or student must be given");
    }

    /** Asks for one row more than the page has, to know whether another page follows. */
    static <T extends Rows.Keyed> Uni<Page<T>> page(Question question, Function<Question, Uni<List<T>>> book) {
        int limit = question.limit();
        Uni<List<T>> answer;
        try {
            answer = book.apply(question.withLimit(limit + 1));
        } catch (DateTimeException | IllegalArgumentException e) {
            // The parts of the cursor are read there: of the right number, but of another list.
            throw QueryParameters.badCursor();
        }
        return answer.onFailure()
                .transform(QueryResource::unavailable)
                .map(rows -> rows.size() <= limit
                        ? new Page<>(rows, null)
                        : new Page<>(
                                rows.subList(0, limit),
                                rows.get(limit - 1).cursor().word()));
    }

    private static Throwable unavailable(Throwable failure) {
        LOG.warnf("A question cannot be answered: %s", failure.getMessage());
        return new ProblemException(ProblemType.UNAVAILABLE, "This cannot be read now.");
    }
}

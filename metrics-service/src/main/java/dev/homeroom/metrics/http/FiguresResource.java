package dev.homeroom.metrics.http;

import dev.homeroom.contracts.event.EventJson;
import dev.homeroom.contracts.problem.ProblemType;
import dev.homeroom.metrics.FigureBook;
import dev.homeroom.metrics.edge.Text;
import dev.homeroom.platform.problem.ProblemException;
import dev.homeroom.platform.security.Caller;
import dev.homeroom.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestPath;
import org.jspecify.annotations.Nullable;

/** Figures for our own services; dashboard-service checks whose classrooms they are (R-T1). */
@Path("/figures")
@RolesAllowed({Roles.SERVICE, Roles.ADMIN})
@Produces(MediaType.APPLICATION_JSON)
public class FiguresResource {
    private static final Logger LOG = Logger.getLogger(FiguresResource.class);
    private static final int LONGEST_NAME = 200;
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration LONGEST_BUCKET = Duration.ofDays(7);
    /** A school year. */
    private static final Duration LONGEST_RANGE = Duration.ofDays(366);
    /** A day of minutes. */
    private static final int MOST_BUCKETS = 1441;

    private static final int MOST_CLASSROOMS = 1000;

    private final FigureBook figures;
    private final Clock clock = Clock.systemUTC();

    /** Takes where the figures come from. */
    @Inject
    public FiguresResource(FigureBook figures) {
        this.figures = figures;
    }

    /** Figures of a classroom in buckets of whole minutes; without times, of the last hour. */
    @GET
    @Path("/classrooms/{id}")
    public Uni<FigureBook.ClassroomFigures> classroom(
            @RestPath String id,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("bucket") @Nullable String bucket) {
        checkName(id);
        Duration length = parsed("bucket", bucket, Duration::parse, MINUTE);
        // The running minute counts.
        Instant end = parsed(
                "to",
                to,
                EventJson::instant,
                clock.instant().truncatedTo(ChronoUnit.MINUTES).plus(MINUTE));
        Instant start = parsed("from", from, EventJson::instant, end.minus(HOUR));
        check(
                length.compareTo(MINUTE) >= 0
                        && length.compareTo(LONGEST_BUCKET) <= 0
                        && length.toMillis() % MINUTE.toMillis() == 0,
                "bucket: must be whole minutes, PT1M to P7D");
        check(start.isBefore(end), "from: must be before to");
        Duration range = Duration.between(start, end);
        check(range.compareTo(LONGEST_RANGE) <= 0, "to: must be within 366 days of from");
        check(
                range.toMillis() / length.toMillis() <= MOST_BUCKETS,
                "bucket: must be longer, there would be more than " + MOST_BUCKETS);
        return figures.classroom(id, start, end, length).onFailure().transform(FiguresResource::unavailable);
    }

    /** How frustrated a student is, as far as these classrooms saw it: names with commas, or {@code *} for all. */
    @GET
    @Path("/students/{id}")
    public Uni<FigureBook.StudentFigures> student(
            @RestPath String id, @QueryParam("classrooms") @Nullable String classrooms) {
        checkName(id);
        check(classrooms != null && !classrooms.isBlank(), "classrooms: is missing");
        Set<String> names = Arrays.stream(String.valueOf(classrooms).split(",", -1))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
        check(names.size() <= MOST_CLASSROOMS, "classrooms: at most " + MOST_CLASSROOMS);
        return figures.student(id, names, names.contains(Caller.EVERY_CLASSROOM))
                .onFailure()
                .transform(FiguresResource::unavailable);
    }

    private static <T> T parsed(String name, @Nullable String text, Function<String, T> parse, T otherwise) {
        try {
            return text == null ? otherwise : parse.apply(text);
        } catch (DateTimeException e) {
            throw new ProblemException(ProblemType.INVALID, name + ": must be as in ISO-8601.");
        }
    }

    private static void check(boolean holds, String words) {
        if (!holds) {
            throw new ProblemException(ProblemType.INVALID, words + ".");
        }
    }

    private static void checkName(String id) {
        String fault = Text.fault(id, LONGEST_NAME);
        check(fault == null, "id: " + fault);
    }

    private static Throwable unavailable(Throwable failure) {
        LOG.warnf("Figures cannot be read: %s", failure.getMessage());
        return new ProblemException(ProblemType.UNAVAILABLE, "The figures cannot be read now.");
    }
}
